//! Symbolic links, which nothing is ever written or removed through.

use std::os::unix::fs::symlink;

use super::*;

#[test]
fn nothing_is_written_through_a_link_to_a_folder() {
    let (site, elsewhere) = (Site::new(), tempfile::tempdir().unwrap());
    fs::create_dir(site.out()).unwrap();
    symlink(elsewhere.path(), site.out().join("a")).unwrap();
    let error = site.commit(&files(&[("a/b", "x")])).unwrap_err();
    assert!(matches!(error, Error::Foreign { .. }), "{error}");
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn nothing_is_removed_through_a_link_to_a_folder() {
    let (site, elsewhere) = (Site::new(), tempfile::tempdir().unwrap());
    site.commit(&files(&[("a/b", "x"), ("a/c/d", "x")]))
        .unwrap();
    fs::remove_dir_all(site.out().join("a")).unwrap();
    fs::write(elsewhere.path().join("b"), "x").unwrap();
    fs::create_dir(elsewhere.path().join("c")).unwrap();
    symlink(elsewhere.path(), site.out().join("a")).unwrap();
    site.commit(&files(&[("e", "x")])).unwrap();
    assert!(elsewhere.path().join("b").exists() && elsewhere.path().join("c").exists());
}

#[test]
fn a_link_in_the_place_of_our_file_is_replaced_and_its_target_spared() {
    let (site, elsewhere) = (Site::new(), tempfile::tempdir().unwrap());
    let target = elsewhere.path().join("target");
    fs::write(&target, "theirs").unwrap();
    let plan = files(&[("a", "ours")]);
    site.commit(&plan).unwrap();
    fs::remove_file(site.out().join("a")).unwrap();
    symlink(&target, site.out().join("a")).unwrap();
    let report = site.commit(&plan).unwrap();
    assert_eq!(why(&report), [("a", Why::Altered)]);
    assert_eq!(fs::read_to_string(target).unwrap(), "theirs");
    assert!(site.out().join("a").symlink_metadata().unwrap().is_file());
}

#[test]
fn a_link_that_is_not_ours_is_in_the_way() {
    let site = Site::new();
    fs::create_dir(site.out()).unwrap();
    symlink("nowhere", site.out().join("a")).unwrap();
    let error = site.commit(&files(&[("a", "x")])).unwrap_err();
    assert!(matches!(error, Error::Foreign { .. }), "{error}");
}

#[test]
fn our_records_are_not_written_through_links() {
    let (site, elsewhere) = (Site::new(), tempfile::tempdir().unwrap());
    fs::create_dir(site.out()).unwrap();
    symlink(elsewhere.path(), site.out().join(STAGING)).unwrap();
    assert!(site.commit(&files(&[("a", "x")])).is_err());
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn the_output_folder_itself_may_be_a_link() {
    let (site, elsewhere) = (Site::new(), tempfile::tempdir().unwrap());
    symlink(elsewhere.path(), site.out()).unwrap();
    site.commit(&files(&[("a", "x")])).unwrap();
    assert!(elsewhere.path().join("a").exists());
}

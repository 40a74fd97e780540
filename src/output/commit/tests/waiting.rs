//! Commits of files that wait in the staging folder.

use super::*;
use crate::output::Depot;

/// Takes every file of a plan over, and gives the plan of what is left of them.
fn taken(staging: &Staging<'_>, plan_of: &Plan) -> Plan {
    let taken = plan_of.files().map(|file| staging.take(file.clone()));
    plan(taken.collect()).value
}

/// What a build does whose files wait outside memory.
fn build(site: &Site, disk: &(dyn Disk + Sync), plan_of: &Plan) -> Result<Report, Error> {
    let staging = site.staging(disk);
    let taken = taken(&staging, plan_of);
    assert!(taken.files().all(|file| file.bytes.is_none()));
    commit(&taken, staging, &mut Seen::default())
}

#[test]
fn what_waits_is_put_in_place() {
    let site = Site::new();
    let report = build(&site, &RealDisk, &files(&[("a", "one"), ("b/c", "two")])).unwrap();
    assert_eq!(report.written.len(), 2);
    assert_eq!(site.tree(), tree(&[("a", "one"), ("b/c", "two")]));
    assert!(site.is_swept());
    // What stands is not written again.
    let report = build(&site, &RealDisk, &files(&[("a", "one"), ("b/c", "new")])).unwrap();
    assert_eq!((report.written.len(), report.unchanged), (1, 1));
    assert_eq!(site.tree(), tree(&[("a", "one"), ("b/c", "new")]));
}

#[test]
fn without_a_commit_nothing_is_left() {
    let site = Site::new();
    let plan = files(&[("a", "one")]);
    drop(taken(&site.staging(&RealDisk), &plan));
    assert!(!site.out().exists());
    build(&site, &RealDisk, &plan).unwrap();
    drop(taken(&site.staging(&RealDisk), &files(&[("a", "two")])));
    assert_eq!(site.tree(), tree(&[("a", "one")]));
    assert!(site.is_swept());
}

#[test]
fn nothing_is_written_once_it_has_been_given_up() {
    let site = Site::new();
    let staging = site.staging(&RealDisk);
    staging.give_up();
    drop(taken(&staging, &files(&[("a", "one")])));
    assert!(!site.out().exists());
}

#[test]
fn nobody_else_writes_while_files_wait() {
    let site = Site::new();
    let staging = site.staging(&RealDisk);
    let one = taken(&staging, &files(&[("a", "one")]));
    let other = site.commit(&files(&[("a", "two")])).unwrap_err();
    assert!(matches!(other, Error::Busy { .. }));
    commit(&one, staging, &mut Seen::default()).unwrap();
    assert_eq!(site.tree(), tree(&[("a", "one")]));
}

#[test]
fn what_was_altered_by_hand_has_to_be_made_again() {
    let site = Site::new();
    let plan = files(&[("a", "one")]);
    build(&site, &RealDisk, &plan).unwrap();
    site.put("a", "two");
    // It has the size that it should have, so nobody kept its bytes.
    let fault = build(&site, &RealDisk, &plan).unwrap_err();
    assert!(matches!(fault, Error::NotKept { .. }));
    let staging = site.staging(&RealDisk).doubting();
    let again = taken(&staging, &plan);
    commit(&again, staging, &mut Seen::default()).unwrap();
    assert_eq!(site.tree(), tree(&[("a", "one")]));
}

#[test]
fn what_fails_while_files_come_is_told_in_the_end() {
    let site = Site::new();
    site.put("mine", "not of a build");
    build(&site, &RealDisk, &files(&[("a", "old")])).unwrap();
    for operations in 0..3 {
        let cut = cut::Cut::after(operations);
        assert!(build(&site, &cut, &files(&[("a", "new"), ("b", "new")])).is_err());
        assert_eq!(
            site.tree(),
            tree(&[("a", "old"), ("mine", "not of a build")])
        );
    }
    build(&site, &RealDisk, &files(&[("a", "new")])).unwrap();
    assert!(site.is_swept());
}

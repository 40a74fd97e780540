use super::*;

/// A folder with the files given, and what scanning it gives.
fn scanned(files: &[(&str, &[u8])]) -> (Scanned, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    short(folder.path())
}

fn write(root: &Path, files: &[(&str, &[u8])]) {
    for (name, bytes) in files {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// Scans a folder; faults as `path code`.
fn short(root: &Path) -> (Scanned, Vec<String>) {
    let outcome = scan(root).unwrap();
    let fault = |d: &Diagnostic| format!("{} {}", d.place.path(), d.code.as_str());
    (
        outcome.value,
        outcome.diagnostics.iter().map(fault).collect(),
    )
}

#[test]
fn each_file_goes_where_it_belongs() {
    let (site, faults) = scanned(&[
        ("dateline.toml", b"title = 'x'\ntheme = 'own'\n"),
        ("corpus/2013/b.md", b"b"),
        ("corpus/2013/a.md", b"a"),
        ("corpus/2013/a/map.png", b"\x89PNG"),
        ("content/events/e.md", b"e"),
        ("content/overrides/o.toml", b""),
        ("static/robots.txt", b"r"),
        ("templates/base.html", b"t"),
        ("templates/static/style.css", b"s"),
        ("templates/i18n/ko.toml", b"k"),
        ("themes/own/theme.toml", b""),
        ("themes/other/theme.toml", b""),
        ("README.md", b"not ours"),
        ("public/index.html", b"not ours"),
    ]);
    assert_eq!(faults, Vec::<String>::new());
    let paths: Vec<_> = site.sources.0.keys().map(SitePath::as_str).collect();
    assert_eq!(
        paths,
        [
            "content/events/e.md",
            "content/overrides/o.toml",
            "corpus/2013/a.md",
            "corpus/2013/b.md",
            "dateline.toml"
        ]
    );
    let beside: Vec<_> = site.beside.keys().map(SitePath::as_str).collect();
    assert_eq!(beside, ["corpus/2013/a/map.png"]);
    assert_eq!(site.statics.keys().collect::<Vec<_>>(), ["robots.txt"]);
    assert_eq!(site.theme.name, "own");
    assert_eq!(site.theme.files.keys().collect::<Vec<_>>(), ["theme.toml"]);
    let overrides: Vec<_> = site.theme.overrides.keys().collect();
    assert_eq!(
        overrides,
        ["i18n/ko.toml", "static/style.css", "templates/base.html"]
    );
    assert_eq!(site.themes, ["default", "other", "own"]);
}

#[test]
fn the_default_theme_is_there_without_a_folder() {
    let (site, _) = scanned(&[("dateline.toml", b"title = 'x'")]);
    assert!(site.theme.files.contains_key("theme.toml"));
    let (site, _) = scanned(&[
        ("dateline.toml", b"title = 'x'"),
        ("themes/default/only.txt", b""),
    ]);
    assert_eq!(site.theme.files.keys().collect::<Vec<_>>(), ["only.txt"]);
    let (site, _) = scanned(&[("dateline.toml", b"title = 'x'\ntheme = 'absent'")]);
    assert!(site.theme.files.is_empty());
}

#[test]
fn what_lies_about_is_ignored() {
    let (site, faults) = scanned(&[
        ("corpus/.hidden.md", b"\xff"),
        ("corpus/.git/a.md", b"\xff"),
        ("corpus/a.md~", b"\xff"),
        ("corpus/#a.md#", b"\xff"),
        ("corpus/.a.md.swp", b"\xff"),
        ("corpus/a.swp", b"\xff"),
        ("corpus/.DS_Store", b"\xff"),
        ("corpus/Thumbs.db", b"\xff"),
        ("static/.well-known/x", b"x"),
    ]);
    assert!(faults.is_empty() && site.sources.0.is_empty() && site.beside.is_empty());
    assert_eq!(site.statics.keys().collect::<Vec<_>>(), [".well-known/x"]);
}

#[test]
fn marks_and_wrong_bytes() {
    let (site, faults) = scanned(&[
        ("corpus/bom.md", b"\xef\xbb\xbf+++\r\n"),
        ("corpus/bad.md", "ab\n개\u{0}x".as_bytes()),
        ("corpus/latin.md", b"ab\nd\xe9j\xe0"),
        ("corpus/utf16.md", b"\xff\xfea\0"),
    ]);
    let text = |path| {
        site.sources
            .get(&SitePath::new(path))
            .unwrap()
            .text
            .to_string()
    };
    assert_eq!(text("corpus/bom.md"), "+++\r\n");
    assert_eq!(text("corpus/bad.md"), "ab\n개\u{0}x");
    assert_eq!(
        faults,
        ["corpus/latin.md not-utf8", "corpus/utf16.md not-utf8"]
    );
    let path = SitePath::new("a.md");
    let fault = decode(&path, b"ab\n\xea\xb0\x9c\xe9x".to_vec()).unwrap_err();
    assert!(
        fault.message.ends_with("line 2, column 2"),
        "{}",
        fault.message
    );
}

#[test]
fn files_for_folders_and_folders_for_files() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(
        root,
        &[
            ("corpus", b""),
            ("content/events", b""),
            ("content/x.md/y.md", b""),
        ],
    );
    std::fs::create_dir(root.join("dateline.toml")).unwrap();
    let (site, faults) = short(root);
    assert!(site.sources.0.is_empty());
    assert_eq!(
        faults,
        [
            "content/events wrong-kind-of-file",
            "content/x.md wrong-kind-of-file",
            "corpus wrong-kind-of-file",
            "dateline.toml wrong-kind-of-file",
        ]
    );
}

#[test]
fn too_large_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("corpus/a.md", b"")]);
    // Sparse: it takes no room on the disk.
    let file = std::fs::File::create(folder.path().join("corpus/b.md")).unwrap();
    file.set_len(MOST_BYTES + 1).unwrap();
    let (site, faults) = short(folder.path());
    assert_eq!(faults, ["corpus/b.md too-large"]);
    assert_eq!(site.sources.0.len(), 1);
}

#[test]
fn no_folder_at_all() {
    assert!(scan(Path::new("/nonexistent/site")).is_err());
}

#[cfg(unix)]
mod links {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_are_followed_and_circles_told() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(root, &[("corpus/a/x.md", b"x"), ("elsewhere/y.md", b"y")]);
        symlink(root.join("elsewhere"), root.join("corpus/linked")).unwrap();
        symlink(root.join("corpus"), root.join("corpus/a/up")).unwrap();
        symlink(root.join("corpus/self"), root.join("corpus/self")).unwrap();
        symlink(root.join("nowhere"), root.join("corpus/dead.md")).unwrap();
        let (site, faults) = short(root);
        let paths: Vec<_> = site.sources.0.keys().map(SitePath::as_str).collect();
        assert_eq!(paths, ["corpus/a/x.md", "corpus/linked/y.md"]);
        assert_eq!(
            faults,
            [
                "corpus/a/up link-loop",
                "corpus/dead.md unreadable",
                "corpus/self link-loop"
            ]
        );
    }

    #[test]
    fn names_that_are_not_unicode() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(root, &[("corpus/a.md", b"x")]);
        let name = std::ffi::OsStr::from_bytes(b"\xe9.md");
        // Some file systems refuse such names, and then there is nothing to test.
        if std::fs::write(root.join("corpus").join(name), b"x").is_err() {
            return;
        }
        let (site, faults) = short(root);
        assert_eq!(faults, ["corpus/\u{fffd}.md unreadable"]);
        assert_eq!(site.sources.0.len(), 1);
    }
}

use super::*;
use crate::text::fold;

fn code(text: &str) -> AreaCode {
    AreaCode::parse(text).unwrap()
}

fn in_2022() -> Date {
    Date::last_of_year(2022)
}

fn in_2025() -> Date {
    Date::last_of_year(2025)
}

fn count(date: Date, kind: AreaKind) -> usize {
    AreaTree::embedded()
        .on(date)
        .filter(|area| area.kind == kind)
        .count()
}

#[test]
fn the_catalogue_has_the_units_of_both_trees() {
    let tree = AreaTree::embedded();
    assert_eq!(tree.children(&code("14"), in_2022()).len(), 12);
    assert_eq!(count(in_2022(), AreaKind::City), 1);
    assert_eq!(tree.communes(in_2022()).len(), 204);
    assert_eq!(count(in_2022(), AreaKind::Commune), 188);
    assert_eq!(count(in_2022(), AreaKind::Ward), 7);
    assert_eq!(count(in_2022(), AreaKind::Township), 9);
    assert_eq!(tree.children(&code("14"), in_2025()).len(), 75);
    assert_eq!(count(in_2025(), AreaKind::Commune), 67);
    assert_eq!(count(in_2025(), AreaKind::Ward), 8);
}

#[test]
fn every_commune_of_2022_has_a_successor_that_exists() {
    let tree = AreaTree::embedded();
    for commune in tree.communes(in_2022()) {
        let successors: Vec<_> = tree.successors(&commune.code).collect();
        assert_eq!(successors.len(), 1, "{}", commune.name);
        for succession in successors {
            assert!(
                tree.get(&succession.to, in_2025()).is_some(),
                "{}",
                commune.name
            );
        }
    }
    let reformed = tree.communes(tree.reformed_on());
    let parts = reformed
        .iter()
        .map(|area| tree.predecessors(&area.code).count());
    assert_eq!((reformed.len(), parts.sum::<usize>()), (75, 204));
    let inferred = tree
        .successions
        .iter()
        .filter(|s| s.basis == SuccessionBasis::Inferred);
    assert_eq!(inferred.count(), 7);
}

#[test]
fn a_code_can_belong_to_another_area_later() {
    let tree = AreaTree::embedded();
    let reused = code("03646");
    assert_eq!(
        tree.get(&reused, in_2022()).unwrap().name,
        "Phường Chiềng Lề"
    );
    assert_eq!(tree.get(&reused, in_2025()).unwrap().name, "Phường Tô Hiệu");
}

#[test]
fn names_that_collide_without_tones_or_kind_stay_apart() {
    let tree = AreaTree::embedded();
    let mut by_folded: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for commune in tree.communes(in_2022()) {
        let bare = commune.name.strip_prefix(commune.kind.vi()).unwrap().trim();
        by_folded.entry(fold(bare)).or_default().push(&commune.name);
    }
    let collisions: Vec<_> = by_folded
        .iter()
        .filter(|(_, names)| names.len() > 1)
        .map(|(folded, names)| (folded.as_str(), names.as_slice()))
        .collect();
    // Six pairs differ in tone marks alone; the seventh, in kind alone.
    let expected: [(&str, &[&str]); 7] = [
        ("chieng an", &["Phường Chiềng An", "Xã Chiềng Ân"]),
        ("chieng dong", &["Xã Chiềng Đông", "Xã Chiềng Dong"]),
        ("chieng hac", &["Xã Chiềng Hắc", "Xã Chiềng Hặc"]),
        ("chieng on", &["Xã Chiềng Ơn", "Xã Chiềng On"]),
        ("hat lot", &["Thị trấn Hát Lót", "Xã Hát Lót"]),
        ("muong bang", &["Xã Mường Bang", "Xã Mường Bằng"]),
        ("muong sai", &["Xã Mường Sại", "Xã Mường Sai"]),
    ];
    assert_eq!(collisions, expected);
    let mut full: Vec<_> = tree
        .communes(in_2022())
        .iter()
        .map(|a| (&a.name, &a.parent))
        .collect();
    full.sort();
    full.dedup();
    assert_eq!(full.len(), 204);
}

#[test]
fn the_tree_knows_above_and_below() {
    let tree = AreaTree::embedded();
    let commune = code("03751");
    let names: Vec<_> = tree
        .ancestors(&commune, in_2022())
        .iter()
        .map(|a| &a.name)
        .collect();
    assert_eq!(names, ["Tỉnh Sơn La", "Huyện Thuận Châu"]);
    assert!(tree.contains(&code("14"), &commune, in_2022()));
    assert!(tree.contains(&commune, &commune, in_2022()));
    assert!(!tree.contains(&code("118"), &commune, in_2022()));
    assert!(AreaCode::parse("1").is_err() && AreaCode::parse("03x46").is_err());
}

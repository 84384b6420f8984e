//! Who may give review to whom, and what it is worth on a day.

use super::*;
use crate::access::{Authority, authority};

const TODAY: Date = Date::last_of_year(2022);
const FAMILY: Assessment = Assessment::CulturalFamily;
const UNIT: Assessment = Assessment::SafeUnit;

fn day(ahead: i64) -> Date {
    TODAY.plus_days(ahead).unwrap()
}

fn code(code: &str) -> AreaCode {
    AreaCode::parse(code).unwrap()
}

fn who(account: &str, role: Role, area: &str) -> Principal {
    Principal::new(account, role, vec![code(area)])
}

/// Quỳnh Nhai is 118, Thuận Châu 119, the province 14.
fn district() -> Principal {
    who("huyen-1", Role::DistrictReviewer, "118")
}

fn province() -> Principal {
    who("so-noi-vu", Role::ProvinceReviewer, "14")
}

fn police() -> Principal {
    who("cong-an", Role::Viewer, "14")
}

fn terms(to: &Principal, area: &str) -> Terms {
    Terms {
        to: to.account.clone(),
        areas: vec![code(area)],
        titles: BTreeSet::new(),
        from: TODAY,
        until: day(30),
        paper: " 12/UQ-SNV  ngày 01/12/2022 ".to_owned(),
    }
}

fn checked(
    giver: &Principal,
    taker: &Principal,
    open: &[(Desk, Delegation)],
    change: impl FnOnce(&mut Terms),
) -> Result<Terms, DelegationError> {
    let mut terms = terms(taker, giver.areas[0].as_str());
    change(&mut terms);
    terms.checked(giver, taker, open, AreaTree::embedded(), (TODAY, TODAY))
}

fn given(by: &Principal, terms: Terms) -> Delegation {
    Delegation {
        id: 1,
        by: by.account.clone(),
        terms,
        made_ms: 0,
        ended: None,
    }
}

fn in_force(taker: &Principal, all: &[(&Delegation, &Principal)], today: Date) -> Principal {
    let all = all.iter();
    let all = all.map(|(it, giver)| ((*it).clone(), (*giver).clone()));
    let tree = AreaTree::embedded();
    Principal {
        mandates: mandates(taker, all.collect(), tree, TODAY, today),
        ..taker.clone()
    }
}

fn decides(who: &Principal, title: Assessment, area: &str) -> Option<Authority> {
    authority(who, title, &code(area), AreaTree::embedded(), TODAY)
}

#[test]
fn a_colleague_who_may_take_it_takes_what_is_the_givers_own() {
    let kept = checked(&province(), &police(), &[], |_| {}).unwrap();
    assert_eq!(kept.paper, "12/UQ-SNV ngày 01/12/2022");
    let case = |giver: &Principal, taker: &Principal, expected: Result<(), DelegationError>| {
        let said = checked(giver, taker, &[], |_| {}).map(drop);
        assert_eq!(said, expected, "{giver:?} to {taker:?}");
    };
    let colleague = Err(DelegationError::Colleague);
    let not_own = Err(DelegationError::NotOwn);
    let viewer_there = who("xem", Role::Viewer, "118");
    let viewer_elsewhere = who("xem", Role::Viewer, "119");
    case(&district(), &viewer_there, Ok(()));
    case(&district(), &police(), Ok(()));
    // It would show them what they do not see.
    case(&district(), &viewer_elsewhere, colleague);
    case(&district(), &district(), colleague);
    case(
        &district(),
        &who("huyen-1b", Role::DistrictReviewer, "118"),
        Ok(()),
    );
    // The other desk.
    case(&district(), &province(), colleague);
    case(
        &province(),
        &who("h", Role::DistrictReviewer, "14"),
        colleague,
    );
    // They would decide about what they wrote, or what they set.
    case(
        &district(),
        &who("c", Role::CommuneOfficer, "118"),
        colleague,
    );
    case(&province(), &who("q", Role::Administrator, "14"), colleague);
    // Nobody gives what is not theirs.
    case(&police(), &viewer_there, not_own);
    case(&who("q", Role::Administrator, "14"), &police(), not_own);
}

#[test]
fn terms_are_checked() {
    let case = |change: fn(&mut Terms), expected: DelegationError| {
        let said = checked(&district(), &police(), &[], change);
        assert_eq!(said, Err(expected));
    };
    case(|it| it.areas.clear(), DelegationError::Areas);
    case(|it| it.areas = vec![code("119")], DelegationError::NotOwn);
    case(|it| it.areas.push(code("14")), DelegationError::NotOwn);
    case(|it| it.from = day(-1), DelegationError::Term);
    case(|it| it.until = day(-1), DelegationError::Term);
    case(|it| it.until = day(MAX_DAYS), DelegationError::Term);
    case(|it| it.paper = "  ".to_owned(), DelegationError::Paper);
    case(
        |it| it.paper = "x".repeat(MAX_PAPER_BYTES + 1),
        DelegationError::Paper,
    );
    let a_year = checked(&district(), &police(), &[], |it| {
        it.until = day(MAX_DAYS - 1)
    });
    assert!(a_year.is_ok());
    let twice = checked(&district(), &police(), &[], |it| it.areas.push(code("118")));
    assert_eq!(twice.unwrap().areas, [code("118")]);
}

#[test]
fn no_account_decides_at_both_desks_or_gives_without_end() {
    let of_district = given(&district(), terms(&police(), "118"));
    let open = |desk, it: &Delegation| [(desk, it.clone())];
    let refused = checked(
        &province(),
        &police(),
        &open(Desk::District, &of_district),
        |_| {},
    );
    assert_eq!(refused, Err(DelegationError::OtherDesk));
    // One after the other it may; and two of one desk.
    let later = checked(
        &province(),
        &police(),
        &open(Desk::District, &of_district),
        |it| {
            (it.from, it.until) = (day(31), day(40));
        },
    );
    assert!(later.is_ok());
    let same = checked(
        &district(),
        &police(),
        &open(Desk::District, &of_district),
        |_| {},
    );
    assert!(same.is_ok());
    let many = vec![(Desk::District, of_district); MAX_OPEN];
    let refused = checked(&district(), &police(), &many, |_| {});
    assert_eq!(refused, Err(DelegationError::TooMany));
}

#[test]
fn a_mandate_is_of_its_days_areas_and_titles() {
    let (giver, taker) = (province(), police());
    let mut terms = terms(&taker, "118");
    terms.titles = BTreeSet::from([UNIT]);
    (terms.from, terms.until) = (day(1), day(3));
    let it = given(&giver, terms);
    let on = |ahead, title, area| {
        let taker = in_force(&taker, &[(&it, &giver)], day(ahead));
        decides(&taker, title, area).map(|it| (it.desk, it.on_behalf_of.unwrap_or_default()))
    };
    let theirs = Some((Desk::Province, "so-noi-vu".to_owned()));
    assert_eq!(on(1, UNIT, "118"), theirs);
    assert_eq!(on(3, UNIT, "118"), theirs);
    assert_eq!(on(0, UNIT, "118"), None, "its first day is to come");
    assert_eq!(on(4, UNIT, "118"), None, "its last day is over");
    assert_eq!(on(2, FAMILY, "118"), None, "another title");
    assert_eq!(on(2, UNIT, "119"), None, "another district");
    assert_eq!(on(2, UNIT, "14"), None, "the whole province");
    let ended = Delegation {
        ended: Some(Ended {
            by: "so-noi-vu".to_owned(),
            at_ms: 0,
        }),
        ..it.clone()
    };
    assert_eq!(ended.stage(day(2)), Stage::Ended);
    assert_eq!(in_force(&taker, &[(&ended, &giver)], day(2)).mandates, []);
}

#[test]
fn a_mandate_is_worth_what_the_givers_own_right_is() {
    let taker = police();
    let it = given(&province(), terms(&taker, "118"));
    let worth = |giver: &Principal, taker: &Principal| {
        let taker = in_force(taker, &[(&it, giver)], TODAY);
        decides(&taker, UNIT, "118").is_some()
    };
    assert!(worth(&province(), &taker));
    // The giver has been sent elsewhere, or no longer reviews.
    assert!(!worth(
        &who("so-noi-vu", Role::ProvinceReviewer, "119"),
        &taker
    ));
    assert!(!worth(&who("so-noi-vu", Role::Viewer, "14"), &taker));
    // The taker no longer reads there, or enters data now.
    assert!(!worth(&province(), &who("cong-an", Role::Viewer, "119")));
    assert!(!worth(
        &province(),
        &who("cong-an", Role::CommuneOfficer, "118")
    ));
    // It is not passed on: who decides in another's name gives nothing away.
    let taker = in_force(&taker, &[(&it, &province())], TODAY);
    let passed_on = checked(&taker, &who("x", Role::Viewer, "14"), &[], |it| {
        it.areas = vec![code("118")];
    });
    assert_eq!(passed_on, Err(DelegationError::NotOwn));
}

#[test]
fn of_two_desks_one_counts() {
    let taker = police();
    let of_district = given(&district(), terms(&taker, "118"));
    let of_province = given(&province(), terms(&taker, "14"));
    let all = [(&of_district, &district()), (&of_province, &province())];
    let both = in_force(&taker, &all, TODAY);
    assert_eq!(both.desk(), Desk::District);
    assert!(both.mandates.iter().all(|it| it.desk == Desk::District));
    assert_eq!(decides(&both, UNIT, "119"), None);
}

#[test]
fn ones_own_right_comes_first() {
    let colleague = who("huyen-1b", Role::DistrictReviewer, "118");
    let it = given(&district(), terms(&colleague, "118"));
    let colleague = in_force(&colleague, &[(&it, &district())], TODAY);
    let own = decides(&colleague, UNIT, "118").unwrap();
    assert_eq!(own.on_behalf_of, None);
}

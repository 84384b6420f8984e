//! Files as offices save them, and what is said of those that are not sound.

use super::*;

fn check(file: &str, rows: &[(&str, &str, Option<i64>)], errors: &[&str]) {
    let (found, said) = match parse(file.as_bytes()) {
        Ok(parsed) => (parsed.rows, parsed.errors),
        Err(errors) => (Vec::new(), errors),
    };
    let found: Vec<_> = found
        .iter()
        .map(|row| (row.area.as_str(), row.head.as_str(), row.members))
        .collect();
    assert_eq!(found, rows, "{file:?}");
    let said: Vec<_> = said.iter().map(ToString::to_string).collect();
    assert_eq!(said, errors, "{file:?}");
}

#[test]
fn files_are_read_as_offices_save_them() {
    let lo = [("Bản Bó", "Lò Văn Hặc", Some(5))];
    for file in [
        "Khu dân cư,Chủ hộ,Nhân khẩu\nBản Bó,Lò Văn Hặc,5\n",
        // Excel on a Vietnamese system.
        "\u{feff}Khu dân cư;Chủ hộ;Nhân khẩu\r\nBản Bó;Lò Văn Hặc;5\r\n",
        "area,head,members\nBản Bó,  Lò  Văn Hặc ,5",
        "BẢN,CHỦ HỘ,Ghi chú,Số nhân khẩu\nBản Bó,Lò Văn Hặc,gì đó,5\n\n,,,\n",
        "\n\n;;\nKhu dân cư;Chủ hộ;Nhân khẩu\n\nBản Bó;Lò Văn Hặc;5;;\n",
        // Line ends of an old Macintosh.
        "Khu dân cư,Chủ hộ,Nhân khẩu\rBản Bó,Lò Văn Hặc,5\r",
        "\"Khu dân cư\",\"Chủ hộ\",\"Nhân khẩu\"\n\"Bản\nBó\",\"Lò\r\nVăn Hặc\" ,\"5\"\n",
    ] {
        check(file, &lo, &[]);
    }
    // Letters with their marks apart.
    check(
        "Khu da\u{302}n cu\u{31b},Chu\u{309} ho\u{323}\nBa\u{309}n Bo\u{301},Lo\u{300} Va\u{306}n A",
        &[("Bản Bó", "Lò Văn A", None)],
        &[],
    );
    check(
        "Khu dân cư,Chủ hộ\nBản Bó,\"Lò, \"\"Văn\"\"\"\n",
        &[("Bản Bó", "Lò, \"Văn\"", None)],
        &[],
    );
}

#[test]
fn all_columns_are_read_in_both_languages() {
    let row = Row {
        area: "Bản Bó".to_owned(),
        head: "Lò Văn A".to_owned(),
        house_no: Some("12B".to_owned()),
        members: Some(4),
        poverty: Some(Poverty::NearPoor),
        last_result: Some(false),
        years_running: Some(0),
    };
    for file in [
        "Khu dân cư,Chủ hộ,Số nhà,Nhân khẩu,Hộ nghèo,Kết quả năm trước,Số năm liên tục\n\
         Bản Bó,Lò Văn A,12B,4,Cận nghèo,Không đạt,0",
        "Tên bản;HỌ VÀ TÊN CHỦ HỘ;Số nhà/Số sổ;so khau;Diện hộ;nam truoc;NĂM LIÊN TỤC\n\
         Bản Bó;Lò Văn A;12B;4;HỘ CẬN NGHÈO;khong dat;0",
        "area,head,house_no,members,poverty,last_result,years_running\n\
         Bản Bó,Lò Văn A,12B,4,near-poor,no,0",
    ] {
        let parsed = parse(file.as_bytes()).unwrap();
        assert_eq!(parsed.rows, std::slice::from_ref(&row), "{file}");
        assert_eq!(parsed.errors, [], "{file}");
    }
}

#[test]
fn each_fault_is_told_with_its_place() {
    check(
        "Khu dân cư,Chủ hộ,Nhân khẩu,Hộ nghèo\nBản Bó,Lò Văn A,x,Nghèo\n,Lò Văn B,2,hơi hơi\nBản Bó,Cà C,3,\nBản Bó,,100,\n",
        &[("Bản Bó", "Cà C", Some(3))],
        &[
            "dòng 2, cột 3 (Nhân khẩu): “x” không phải là số nguyên.",
            "dòng 3, cột 1 (Khu dân cư): chưa ghi khu dân cư.",
            "dòng 3, cột 4 (Hộ nghèo): “hơi hơi” phải là Không, Cận nghèo hoặc Nghèo.",
            "dòng 5, cột 2 (Chủ hộ): chưa ghi chủ hộ.",
            "dòng 5, cột 3 (Nhân khẩu): “100” phải từ 0 đến 99.",
        ],
    );
    let long = format!(
        "Bản,Chủ hộ,Số nhà\nB,{},{}\n",
        "A".repeat(201),
        "1".repeat(41)
    );
    check(
        &long,
        &[],
        &[
            "dòng 2, cột 2 (Chủ hộ): dài quá 200 ký tự.",
            "dòng 2, cột 3 (Số nhà): dài quá 40 ký tự.",
        ],
    );
    check(
        "Bản,Chủ hộ,Nhân khẩu\nBản Bó,Lò, Văn A,3\nBản Bó,Cà B\n",
        &[("Bản Bó", "Cà B", None)],
        &[
            "dòng 2: có 4 ô mà tiêu đề chỉ có 3 cột. Ô có dấu phẩy hoặc chấm phẩy phải đặt trong ngoặc kép.",
        ],
    );
}

#[test]
fn lines_are_numbered_as_an_editor_shows_them() {
    for (file, line) in [
        ("Bản,Chủ hộ,Nhân khẩu\nB,A,x\n", 2),
        ("Bản,Chủ hộ,Nhân khẩu\r\nB,A,x\r\n", 2),
        ("Bản,Chủ hộ,Nhân khẩu\rB,A,x\r", 2),
        ("Bản,Chủ hộ,Nhân khẩu\r\n\r\n\r\nB,A,x\r\n", 4),
        ("\n\nBản,Chủ hộ,Nhân khẩu\n\nB,A,x", 5),
        ("Bản,Chủ hộ,Nhân khẩu\nB,\"A\nB\n\",1\n\nB,A,x\n", 6),
        ("Bản,Chủ hộ,Nhân khẩu\n,,\nB,A,x\n", 3),
    ] {
        let parsed = parse(file.as_bytes()).unwrap();
        let found: Vec<_> = parsed.errors.iter().map(|error| error.line).collect();
        assert_eq!(found, [Some(line)], "{file:?}");
    }
}

#[test]
fn quotes_that_do_not_match_swallow_nobody() {
    let good = ("B", "A", Some(1));
    check(
        "Bản,Chủ hộ,Nhân khẩu\nB,A,1\nB,\"C,2\nB,D,3\nB,E,4\n",
        &[good],
        &["dòng 3: dấu ngoặc kép mở ra mà không đóng lại, nên từ đây đến cuối tệp không đọc được."],
    );
    check(
        "Bản,Chủ hộ,Nhân khẩu\nB,\"C,2\nB,\"D\",3\nB,A,1\n",
        &[good],
        &["dòng 2: dấu ngoặc kép đặt sai chỗ. Dấu ngoặc kép trong ô phải viết hai lần (\"\")."],
    );
    // Within a cell that is not quoted a quote is a character like any other.
    check(
        "Bản,Chủ hộ,Nhân khẩu\nB,Lò \"Ba\" A,1\n",
        &[("B", "Lò \"Ba\" A", Some(1))],
        &[],
    );
}

#[test]
fn a_file_that_cannot_be_read_at_all_is_told_apart() {
    check(
        "Tên,Tuổi\nA,1\n",
        &[],
        &[
            "dòng 1: thiếu cột “Khu dân cư”. Dòng đầu của tệp phải là tiêu đề cột.",
            "dòng 1: thiếu cột “Chủ hộ”. Dòng đầu của tệp phải là tiêu đề cột.",
        ],
    );
    check(
        "Bản,Chủ hộ,HEAD\nA,B,C\n",
        &[],
        &["dòng 1, cột 3 (HEAD): trùng với cột 2 (Chủ hộ). Hãy bỏ bớt một cột."],
    );
    let nobody = "tệp không có hộ nào. Dòng đầu là tiêu đề cột, mỗi dòng sau là một hộ.";
    check("", &[], &[nobody]);
    check("\n \n", &[], &[nobody]);
    check("Bản,Chủ hộ\n\n", &[], &[nobody]);

    for (file, line) in [
        (b"Khu d\xe2n c\xb0,Ch\xfa h\xf4\n".as_slice(), 1),
        (b"area,head\nB,A\nB,L\xf2\n".as_slice(), 3),
        // UTF-16 with its mark: "Unicode text" of Excel.
        (b"\xff\xfea\0,\0".as_slice(), 1),
    ] {
        let errors = parse(file).unwrap_err();
        assert_eq!(errors[0].line, Some(line), "{file:?}");
        assert!(errors[0].message.contains("CSV UTF-8"));
    }
}

#[test]
fn limits_are_named() {
    let mut file = "Bản,Chủ hộ\n".to_owned();
    file.extend(std::iter::repeat_n("B,A\n", MAX_ROWS));
    assert_eq!(parse(file.as_bytes()).unwrap().rows.len(), MAX_ROWS);
    // Bad rows count as well: a file of nothing but faults is not read to its end.
    file.push_str("B,\n");
    let errors = parse(file.as_bytes()).unwrap_err();
    assert!(errors[0].message.contains("20.000"), "{errors:?}");

    let errors = parse(&vec![b'a'; MAX_BYTES + 1]).unwrap_err();
    assert!(errors[0].message.contains("20 MB"), "{errors:?}");
}

//! Where the CSV reader is lenient and a list must not be: quotes that do not match swallow the
//! families behind them. And line numbers as an editor shows them.

/// How a record's quotes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoting {
    /// Each cell is quoted whole or not at all.
    Sound,
    /// The file ends within quotes.
    Open,
    /// Text follows a closing quote within its cell.
    Stray,
}

/// Looks at a record as it stands in the file.
pub(super) fn quoting(raw: &[u8], delimiter: u8) -> Quoting {
    #[derive(PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted,
        AfterQuote,
    }
    let mut at = At::Start;
    for byte in raw {
        let ends_cell = *byte == delimiter || matches!(byte, b'\r' | b'\n');
        at = match at {
            At::Start if *byte == b'"' => At::Quoted,
            At::Start | At::Plain | At::AfterQuote if ends_cell => At::Start,
            At::Start | At::Plain => At::Plain,
            At::Quoted if *byte == b'"' => At::AfterQuote,
            At::Quoted => At::Quoted,
            At::AfterQuote if *byte == b'"' => At::Quoted,
            At::AfterQuote if *byte == b' ' => At::AfterQuote,
            At::AfterQuote => return Quoting::Stray,
        };
    }
    if at == At::Quoted {
        Quoting::Open
    } else {
        Quoting::Sound
    }
}

/// Counts lines forward through a file.
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    /// At the start of a file.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            offset: 0,
            line: 1,
        }
    }

    /// The line of the first thing at or after `offset` that is not the end of a line. The CSV reader's
    /// own count stands before blank lines, and before the second half of a CRLF.
    pub(super) fn at(&mut self, offset: usize) -> u64 {
        while let Some(byte) = self.bytes.get(self.offset) {
            let ends_line = matches!(byte, b'\r' | b'\n');
            if self.offset >= offset && !ends_line {
                break;
            }
            let first_of_two = *byte == b'\r' && self.bytes.get(self.offset + 1) == Some(&b'\n');
            self.line += u64::from(ends_line && !first_of_two);
            self.offset += 1;
        }
        self.line
    }
}

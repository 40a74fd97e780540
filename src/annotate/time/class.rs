//! What words can be: the classes that rules are written in.

/// What a word can be in a rule.  Data files name classes in capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(super) enum Class {
    Month,
    Weekday,
    Weekdays,
    Season,
    Unit,
    Units,
    Second,
    Part,
    Parts,
    Weekends,
    Deictic,
    Tonight,
    Shift,
    Follow,
    Phase,
    Qmod,
    Card,
    Mult,
    Vague,
    Ord,
    A,
    Half,
    Ref,
    Holiday,
    Setadv,
    Every,
    Zone,
    Noon,
    Ampm,
    Era,
    Fill,
    Ago,
    Later,
    Decade,
    Portion,
    Century,
    Long,
    Open,
    Weekend,
    Period,
    Clockunit,
    Prep,
    Strong,
    Surname,
    // Read from digits, see `number`.
    Num,
    Day,
    Year,
    Year2,
    Numdate,
    Clock,
    // Cues of tense, see `tense`.
    Will,
    Was,
    Is,
    Plan,
    Begin,
    Past,
    Due,
    Noted,
    Inert,
    Loose,
    Not,
    Counter,
    Counted,
    Rated,
    Old,
    On,
    Link,
    Firm,
    Lasting,
    Since,
    Until,
    Forward,
    Ahead,
    To,
    Had,
    Be,
    Det,
    Noverb,
    Senses,
    Whence,
    Ended,
    Fixed,
    Versus,
    Sport,
    Soonest,
    Qtr,
    Portions,
    Beside,
    Aged,
    Jubilee,
    Eve,
}

/// All classes with the names data files use.
const CLASSES: &[(&str, Class)] = {
    use Class::*;
    &[
        ("MONTH", Month),
        ("WEEKDAY", Weekday),
        ("WEEKDAYS", Weekdays),
        ("WEEKENDS", Weekends),
        ("PARTS", Parts),
        ("SENSES", Senses),
        ("WHENCE", Whence),
        ("ENDED", Ended),
        ("FIXED", Fixed),
        ("SOONEST", Soonest),
        ("QTR", Qtr),
        ("PORTIONS", Portions),
        ("BESIDE", Beside),
        ("AGED", Aged),
        ("JUBILEE", Jubilee),
        ("EVE", Eve),
        ("SEASON", Season),
        ("UNIT", Unit),
        ("UNITS", Units),
        ("SECOND", Second),
        ("PART", Part),
        ("DEICTIC", Deictic),
        ("TONIGHT", Tonight),
        ("SHIFT", Shift),
        ("FOLLOW", Follow),
        ("PHASE", Phase),
        ("QMOD", Qmod),
        ("CARD", Card),
        ("MULT", Mult),
        ("VAGUE", Vague),
        ("ORD", Ord),
        ("A", A),
        ("HALF", Half),
        ("REF", Ref),
        ("HOLIDAY", Holiday),
        ("SETADV", Setadv),
        ("EVERY", Every),
        ("ZONE", Zone),
        ("NOON", Noon),
        ("AMPM", Ampm),
        ("ERA", Era),
        ("FILL", Fill),
        ("AGO", Ago),
        ("LATER", Later),
        ("DECADE", Decade),
        ("PORTION", Portion),
        ("CENTURY", Century),
        ("LONG", Long),
        ("OPEN", Open),
        ("WEEKEND", Weekend),
        ("PERIOD", Period),
        ("CLOCKUNIT", Clockunit),
        ("PREP", Prep),
        ("STRONG", Strong),
        ("SURNAME", Surname),
        ("NUM", Num),
        ("DAY", Day),
        ("YEAR", Year),
        ("YEAR2", Year2),
        ("NUMDATE", Numdate),
        ("CLOCK", Clock),
        ("WILL", Will),
        ("WAS", Was),
        ("IS", Is),
        ("PLAN", Plan),
        ("BEGIN", Begin),
        ("PAST", Past),
        ("DUE", Due),
        ("NOTED", Noted),
        ("INERT", Inert),
        ("COUNTER", Counter),
        ("COUNTED", Counted),
        ("RATED", Rated),
        ("OLD", Old),
        ("ON", On),
        ("LINK", Link),
        ("FIRM", Firm),
        ("LASTING", Lasting),
        ("SINCE", Since),
        ("VERSUS", Versus),
        ("SPORT", Sport),
        ("UNTIL", Until),
        ("FORWARD", Forward),
        ("AHEAD", Ahead),
        ("TO", To),
        ("HAD", Had),
        ("BE", Be),
        ("DET", Det),
        ("NOVERB", Noverb),
        ("LOOSE", Loose),
        ("NOT", Not),
    ]
};

impl Class {
    /// The class a data file calls by this name.
    pub(super) fn named(name: &str) -> Option<Class> {
        CLASSES
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, class)| *class)
    }

    /// Classes read from digits and number words, besides what is listed.
    pub(super) const NUMERIC: [Class; 8] = [
        Class::Num,
        Class::Ord,
        Class::Day,
        Class::Year,
        Class::Year2,
        Class::Numdate,
        Class::Clock,
        Class::Decade,
    ];

    /// Whether words of the class carry an expression; others only go with them.
    pub(super) fn is_salient(self) -> bool {
        use Class::*;
        matches!(
            self,
            Month
                | Weekday
                | Weekdays
                | Weekends
                | Parts
                | Season
                | Unit
                | Units
                | Second
                | Clockunit
                | Part
                | Deictic
                | Tonight
                | Ampm
                | Zone
                | Ref
                | Holiday
                | Setadv
                | Noon
                | Era
                | Ago
                | Decade
                | Portion
                | Century
                | Long
                | Open
                | Weekend
                | Period
                | Qtr
                | Soonest
                | Aged
        )
    }

    /// This class as a one-bit set.
    pub(super) const fn bit(self) -> ClassSet {
        1 << self as u8
    }
}

/// A set of classes, a bit for each.
pub(super) type ClassSet = u128;

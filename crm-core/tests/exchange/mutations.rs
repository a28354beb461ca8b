//! A hundred thousand damaged files: each gives rows, or rows with reasons, or one error that says what is wrong with
//! the file; none a panic, and none anything that stays.

use crm_core::Crm;
use crm_core::customers::Customer;
use crm_core::exchange::{Import, Plan, Target};

/// How many files are damaged.
const FILES: u64 = 100_000;

/// Small files of every kind: quotes, several encodings, exports that are known by their headers.
fn seeds() -> Vec<Vec<u8>> {
    let texts = [
        "Name,Phone,E-Mail,Revenue,Tags\nAcme,+49 30 123456,a@acme.example,\"1,000.50\",\"a; b\"\n\"Initech \"\"HQ\"\"\",1,b@i.example,7,\n",
        "Name;Umsatz;Land\r\nMüller & Söhne;1.234,50;Österreich\r\nGroß;(12);DE\r\n",
        "sep=|\nFirst Name|Last Name|Company\nAnna|Klein|Acme\n明|李|Globex\n",
        "External_Id__c,Name,StageName,CloseDate,Amount,Probability\nO1,Looms,Prospecting,2026-10-06,300.0,8\nO2,Dye,Closed Won,4 mai 2024,1e3,100\n",
        "客户名称,行业,电话\n深圳腾讯,互联网,13800138000\n华为,通信,１３８００１３８０００\n",
        "Id,LastName,AccountId,Email\n003,Li,001,li@acme.example\n,,,\n004,Wang,,\n",
    ];
    let mut seeds: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    seeds.push(encoding_rs::GB18030.encode(texts[4]).0.into_owned());
    seeds.push(encoding_rs::WINDOWS_1252.encode(texts[1]).0.into_owned());
    seeds.push(texts[2].encode_utf16().flat_map(u16::to_le_bytes).collect());
    seeds
}

/// Numbers that are the same in every run, so that a file that fails can be made again from its number.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize
    }

    fn below(&mut self, end: usize) -> usize {
        self.next() % end.max(1)
    }
}

fn damage(file: &mut Vec<u8>, numbers: &mut Numbers) {
    const SIGNS: &[&[u8]] = &[
        b"\"",
        b",",
        b";",
        b"\n",
        b"\r",
        b"\0",
        b"\t",
        b"=",
        b"'",
        b"\xff",
        b"\xef\xbb\xbf",
        b"#N/A",
        b"-",
        b"9e99",
    ];
    let place = numbers.below(file.len() + 1);
    let end = (place + numbers.below(24)).min(file.len());
    match numbers.below(8) {
        0 | 1 if place < file.len() => file[place] ^= 1 << numbers.below(8),
        2 => drop(file.drain(place..end)),
        3 => {
            let copy = file[place..end].to_vec();
            file.splice(place..place, copy);
        }
        4 => drop(file.drain(place..)),
        5 => {
            let length = 1 << numbers.below(13);
            file.splice(place..place, std::iter::repeat_n(b'x', length));
        }
        6 => {
            let cells = 1 << numbers.below(8);
            file.splice(place..place, std::iter::repeat_n(b',', cells));
        }
        _ => {
            let sign = SIGNS[numbers.below(SIGNS.len())];
            file.splice(place..place, sign.iter().copied());
        }
    }
}

/// The plan of a file by its headers, where they are those of an export, or as customers.
fn plan(file: &[u8], crm: &Crm) -> Option<Plan> {
    let import = Import::bytes(file);
    let planned = if file.windows(3).any(|part| part == b"Id," || part == b"__c") {
        import.plan(crm)
    } else {
        import.into::<Customer>().plan(crm)
    };
    match planned {
        Ok(mut plan) => {
            plan.set(Target::field("kind"), "person").ok();
            plan.currency("EUR");
            Some(plan)
        }
        Err(error) => {
            assert!(matches!(error.code(), "invalid" | "refused"), "{}", error.code());
            None
        }
    }
}

/// What became of the files of one thread.
#[derive(Default)]
struct Outcome {
    planned: u64,
    created: u64,
    refused: u64,
}

fn preview(number: u64, seeds: &[Vec<u8>], crm: &Crm, outcome: &mut Outcome) {
    let mut numbers = Numbers(number);
    let mut file = seeds[numbers.below(seeds.len())].clone();
    for _ in 0..=numbers.below(4) {
        damage(&mut file, &mut numbers);
    }
    let Some(plan) = plan(&file, crm) else { return };
    outcome.planned += 1;
    match plan.preview(crm) {
        Ok(preview) => {
            let counts = &preview.counts;
            let lines = file.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u64;
            assert!(counts.rows() <= lines + 1, "file {number}");
            assert!(preview.refused.len() as u64 <= counts.refused, "file {number}");
            assert!(counts.merged <= counts.updated + counts.unchanged, "file {number}");
            outcome.created += counts.created;
            outcome.refused += counts.refused;
        }
        // Such as two columns of the file that go to the same field.
        Err(error) => assert_eq!(error.code(), "invalid", "file {number}"),
    }
}

#[test]
fn a_hundred_thousand_damaged_files_give_rows_or_reasons() {
    let seeds = seeds();
    let half = &|first: u64| {
        let (crm, mut outcome) = (Crm::in_memory(), Outcome::default());
        for number in (first..FILES).step_by(2) {
            preview(number, &seeds, &crm, &mut outcome);
        }
        assert_eq!(crate::support::all_rows(&crm).len(), 0, "previews leave nothing");
        outcome
    };
    let outcomes = std::thread::scope(|scope| {
        let threads = [0, 1].map(|first| scope.spawn(move || half(first)));
        threads.map(|thread| thread.join().expect("no panic"))
    });
    let sum = |of: fn(&Outcome) -> u64| outcomes.iter().map(of).sum::<u64>();
    assert!(sum(|one| one.planned) > FILES / 2);
    assert!(sum(|one| one.created) > FILES / 4);
    assert!(sum(|one| one.refused) > FILES / 4);
}

//! What `make demo` prints.

#[path = "../examples/support/amounts.rs"]
mod amounts;
#[path = "../examples/demo/answers.rs"]
mod answers;
#[path = "../examples/support/figures.rs"]
mod figures;
#[path = "../examples/support/table.rs"]
mod table;

#[test]
fn the_demo_shows_the_board_forecast_and_win_rates_of_the_demo_company() {
    insta::assert_snapshot!(answers::print().expect("a demo"));
}

//! A real gateway on a real port, a provider of the test's own on another.
//!
//! What users of such gateways suffer from, each with the tests that keep it away (`eavs:` are in `bins/eavs/tests`):
//!
//! | pain | tests |
//! |---|---|
//! | cost is wrong with prompt caching, or wrong only when streaming | `dialogues::every_dialogue_passes_byte_by_byte_and_costs_what_it_says` (to the picodollar, each wire whole and streamed), `passing::every_wire_passes_as_it_is_and_costs_what_its_prices_say`, `wire::usage::tests` |
//! | use is lost when a stream is interrupted | `ends::a_client_that_goes_away_cancels_the_provider_and_leaves_its_use`, `ends::an_answer_is_read_on_for_its_usage_where_that_is_wanted`, dialogues `*_cut_*`, eavs: `clients`, `real_pi` |
//! | a stream says no usage | `passing::usage_that_nobody_asked_for_is_asked_for_and_hidden`, `ends::no_usage_at_all_is_guessed_and_marked`, dialogue `chat_stream_without_usage` |
//! | a road goes around budgets | `budgets::every_road_passes_the_same_gate`, `budgets::every_road_and_every_end_at_once_stays_within_the_budget`, `budgets::requests_at_once_never_spend_more_than_the_budget`, `sessions::of_keys_that_are_made_at_once_for_a_session_one_counts`, `clocks` |
//! | keys are told in errors, logs, addresses, files | `safety::planted_secrets_are_in_no_answer_and_in_no_file`, `refusals::nothing_but_health_is_answered_without_a_key` (none in addresses), `log` and `metrics` in `src` |
//! | the buffer of a stream grows without end | `empty::an_event_without_an_end_passes_and_is_not_held`, `wire::sse::tests::a_line_without_an_end_is_refused`, `safety::a_client_that_does_not_read_is_let_go_and_costs_no_memory` |
//! | code that is fetched while it runs | none is: one program, versions in `Cargo.lock`, judged by `cargo xtask test --only deny` |
//! | local routes without a key | `refusals::nothing_but_health_is_answered_without_a_key`, `safety::the_admin_socket_is_for_this_user_and_needs_no_key` |
//! | a restart or a crash forgets limits and use | eavs: `crash`, `storage`; `budgets::a_budget_outlives_the_gateway`, `budgets::rates_hold_and_say_when_to_come_back` |
//! | an answer that has begun is asked for again in silence | `ends::a_stream_that_breaks_off_says_so_in_each_wire` |
//! | ids of tools, `reasoning_content`, signatures get lost | `dialogues::*`, `translate::tests::properties` |
//! | `max_tokens` or `max_completion_tokens` | `passing::chat_clients_and_message_models_understand_each_other`, `wire::request::tests` |
//! | beta headers get lost | `empty::headers_of_a_client_go_on_as_far_as_they_may`, `proxy::headers::tests` |
//! | counts of tokens that are absurd, negative, no numbers, or said twice | `hostile::counts_that_no_model_reaches_stop_one_key_and_not_the_book`, `hostile::counts_that_are_none_are_guessed_from_what_was_written`, `wire::usage::tests`, `wire::said::tests` |
//! | a request that a provider reads otherwise than the gateway: fields twice or in other spellings, two lengths, steps in names, what cannot be looked into | `hostile::fields_that_others_read_otherwise_do_not_pass`, `hostile::a_body_has_one_length`, `hostile::a_model_with_steps_in_it_is_in_no_address`, `policy::tests` |
//! | what costs without being told, or more than is known: answers in the background, other models, faster services | `hostile::a_response_that_nobody_counts_is_refused`, `policy::tests::nothing_costs_what_nobody_is_told` |
//! | use is lost where the client goes before the answer begins | `ends::an_answer_that_had_not_begun_is_waited_for_where_use_is_wanted`, `ends::nothing_is_asked_again_for_a_client_that_went_away` |
//! | one client holds up all others | `hostile::a_body_of_many_fields_holds_nobody_up`, `hostile::a_model_without_end_is_refused_and_not_kept`, `safety::a_client_that_dribbles_is_let_go_and_others_are_not_held_up` |
//! | remote files and tools of providers reach where the agent may not | `policy::tests`, fuzz target `policy` |
//! | clients of the vendors trip over it | eavs: `clients` (six official clients), `real_pi` (three APIs, two generations) |
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what tests share fails as tests do")]

mod accounts;
mod budgets;
mod clocks;
mod dialogues;
mod empty;
mod ends;
mod figures;
mod hostile;
mod kept;
mod passing;
mod past;
mod quotas;
mod refusals;
mod reload;
mod routing;
mod safety;
mod sessions;
mod streams;
mod support;

//! Every test with a Pi runs with both wire generations.

/// Declares a test for each generation of Pi from functions `async fn name(generation: Generation) -> Outcome`.
#[macro_export]
macro_rules! both_generations {
    ($($name:ident),* $(,)?) => {
        mod pi_073 {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() -> $crate::Outcome {
                super::$name(oqto_testkit::pi::Generation::V073).await
            })*
        }

        mod pi_087 {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() -> $crate::Outcome {
                super::$name(oqto_testkit::pi::Generation::V087).await
            })*
        }
    };
}

//! One test for each engine out of one story.

/// Makes the tests `name::in_chromium`, `name::in_firefox` and `name::in_webkit` out of the
/// function of this name, which takes the stage and the engine. An engine that set-up did not
/// find, and that is not required there, is left out and says so.
macro_rules! in_every_engine {
    ($name:ident) => {
        mod $name {
            use browser_tests::{Engine, scenario};

            fn check(engine: Engine) {
                if engine.is_here() {
                    scenario(async |stage| super::$name(stage, engine).await);
                } else {
                    println!("left out: this machine has no {}", engine.name());
                }
            }

            #[test]
            fn in_chromium() {
                check(Engine::Chromium);
            }

            #[test]
            fn in_firefox() {
                check(Engine::Firefox);
            }

            #[test]
            fn in_webkit() {
                check(Engine::WebKit);
            }
        }
    };
}

pub(crate) use in_every_engine;

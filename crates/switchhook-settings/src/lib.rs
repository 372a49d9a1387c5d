#![doc = include_str!("../README.md")]

mod error;
mod security;
mod settings;

pub use self::{error::SettingError, settings::Settings};

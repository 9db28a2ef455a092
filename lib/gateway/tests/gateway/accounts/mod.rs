//! Kept accounts, logins and certificates, with a provider and a server of logins on loopback ports.

mod flows;
mod kinds;
mod leaks;
mod logins;
mod reading;
mod renewing;
mod tls;

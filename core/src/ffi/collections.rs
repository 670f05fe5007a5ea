//! Ordered sets and maps. Kotlin and Swift know only their own kinds of each: there a set is a `Set` and a map
//! a `Map` or a dictionary, without the order.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use uniffi::{Lift, Lower, MetadataBuffer, RustBuffer, TypeId, derive_ffi_traits};

use crate::UniFfiTag;

/// Lets an ordered collection cross as the unordered one that UniFFI knows.
macro_rules! crosses_as {
    ($ordered:ident <$($part:ident),*> as $unordered:ident, by $key:ident) => {
        unsafe impl<$($part),*> Lower<UniFfiTag> for $ordered<$($part),*>
        where
            $key: Ord + Hash,
            $($part: Lower<UniFfiTag>,)*
        {
            type FfiType = RustBuffer;

            fn lower(ordered: Self) -> RustBuffer {
                Self::lower_into_rust_buffer(ordered)
            }

            fn write(ordered: Self, buffer: &mut Vec<u8>) {
                <$unordered<$($part),*> as Lower<UniFfiTag>>::write(ordered.into_iter().collect(), buffer);
            }
        }

        unsafe impl<$($part),*> Lift<UniFfiTag> for $ordered<$($part),*>
        where
            $key: Ord + Hash,
            $($part: Lift<UniFfiTag>,)*
        {
            type FfiType = RustBuffer;

            fn try_lift(buffer: RustBuffer) -> uniffi::Result<Self> {
                Self::try_lift_from_rust_buffer(buffer)
            }

            fn try_read(buffer: &mut &[u8]) -> uniffi::Result<Self> {
                let unordered = <$unordered<$($part),*> as Lift<UniFfiTag>>::try_read(buffer)?;
                Ok(unordered.into_iter().collect())
            }
        }

        impl<$($part),*> TypeId<UniFfiTag> for $ordered<$($part),*>
        where
            $key: Ord + Hash,
            $($part: TypeId<UniFfiTag>,)*
        {
            const TYPE_ID_META: MetadataBuffer = <$unordered<$($part),*> as TypeId<UniFfiTag>>::TYPE_ID_META;
        }

        derive_ffi_traits!(
            impl<$($part),*> LowerReturn<UniFfiTag> for $ordered<$($part),*> where Self: Lower<UniFfiTag>
        );
        derive_ffi_traits!(
            impl<$($part),*> LiftRef<UniFfiTag> for $ordered<$($part),*> where Self: Lift<UniFfiTag>
        );
    };
}

crosses_as!(BTreeSet<T> as HashSet, by T);
crosses_as!(BTreeMap<K, V> as HashMap, by K);

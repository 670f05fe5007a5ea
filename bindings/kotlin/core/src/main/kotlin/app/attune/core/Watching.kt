package app.attune.core

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.channels.trySendBlocking
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map

/**
 * What changed, from now on: everything at first, then what a change is about, once it is durable. Changes that come while the
 * collector is busy are told together, and whoever stops collecting is told no more. Fails with [PhoneException.Closed] where
 * the phone is closed already.
 */
fun Phone.changes(): Flow<Set<Change>> = callbackFlow {
    // Waits for the collector: meanwhile the core adds up what else changes.
    val observer = object : Observer {
        override fun changed(changes: List<Change>) {
            trySendBlocking(changes.toSet())
        }
    }
    val observation = observe(observer)
    awaitClose { observation.use { it.end() } }
}.buffer(Channel.RENDEZVOUS)

/**
 * What [read] reads: the current value first, then each that differs, read on a background thread. Ends when the phone is
 * closed. `stateIn` makes a `StateFlow` of it, for a view model.
 */
fun <T> Phone.watch(on: Set<Change> = Change.entries.toSet(), read: Phone.() -> T): Flow<T> = changes()
    .filter { changes -> changes.any(on::contains) }
    .map { read() }
    .catch { failed -> if (failed !is PhoneException.Closed) throw failed }
    .distinctUntilChanged()
    .flowOn(Dispatchers.IO)

package app.attune.core

import java.util.concurrent.atomic.AtomicReference
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map

/**
 * What changed, from now on: everything at first, then what a change is about, once it is durable. Changes that come while the
 * collector is busy are told together, and whoever stops collecting is told no more. Ends with [Change.CLOSED] when the phone
 * is closed, and fails with [PhoneException.Closed] where it is so already.
 */
fun Phone.changes(): Flow<Set<Change>> = flow {
    val pending = AtomicReference(emptySet<Change>())
    val told = Channel<Unit>(Channel.CONFLATED)
    // Never holds up the core's thread: what is not collected yet is added up here.
    val observer = object : Observer {
        override fun changed(changes: List<Change>) {
            pending.updateAndGet { it + changes }
            told.trySend(Unit)
            if (Change.CLOSED in changes) told.close()
        }
    }
    val observation = observe(observer)
    try {
        for (something in told) emit(pending.getAndSet(emptySet()))
    } finally {
        observation.use { it.end() }
    }
}.filter { it.isNotEmpty() }

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

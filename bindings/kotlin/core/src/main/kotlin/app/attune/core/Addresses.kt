package app.attune.core

import java.net.Inet6Address
import java.net.InetAddress
import java.net.InetSocketAddress

/** This address in figures, as the core reads it; a link's scope is not part of it. */
internal fun InetAddress.toNumbers(): String = hostAddress.substringBefore('%')

/** The address and the port in figures; an address that was never resolved is given as its name, which the core refuses. */
internal fun InetSocketAddress.toNumbers(): String = when (val host = address) {
    null -> "$hostString:$port"
    is Inet6Address -> "[${host.toNumbers()}]:$port"
    else -> "${host.toNumbers()}:$port"
}

/** An address and a port that the core has written. */
internal fun socketAddress(numbers: String): InetSocketAddress {
    val host = numbers.substringBeforeLast(':').removeSurrounding("[", "]")
    return InetSocketAddress(InetAddress.getByName(host), numbers.substringAfterLast(':').toInt())
}

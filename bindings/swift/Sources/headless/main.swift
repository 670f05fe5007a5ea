import Foundation

// The headless phone: a process around one real phone, spoken to in lines of JSON.
//
// A thin adapter over the package that apps use (`docs/scenarios.md` §2): it reads arguments, calls the phone, and writes what
// came of it. No practice rule lives here.

let headless = Headless()
while let line = readLine(strippingNewline: true) {
    let answer = headless.answer(to: line)
    FileHandle.standardOutput.write(Data((answer + "\n").utf8))
}

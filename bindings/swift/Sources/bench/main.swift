import Foundation

// Lines of JSON, `{"name","value","unit"}`; less is better. `cargo bench -p attune-tests -- languages` sets the calls beside
// the same ones in Rust. The folder is empty.

func usage() -> Never {
    FileHandle.standardError.write(Data("usage: bench-phone FOLDER [--soak SECONDS]\n".utf8))
    exit(2)
}

func say(_ name: String, _ value: Double, _ unit: String) {
    print("{\"name\":\"\(name)\",\"value\":\(value),\"unit\":\"\(unit)\"}")
}

let arguments = CommandLine.arguments.dropFirst()
guard let path = arguments.first else { usage() }
let folder = URL(fileURLWithPath: path)
switch Array(arguments.dropFirst()) {
case []: try calls(in: folder)
case let soaking where soaking.count == 2 && soaking[0] == "--soak":
    guard let seconds = Int(soaking[1]), seconds > 0 else { usage() }
    try soak(in: folder, for: .seconds(seconds))
default: usage()
}

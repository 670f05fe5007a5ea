// swift-tools-version: 6.0
import PackageDescription

// On Apple's systems the core comes as an XCFramework, which `build-xcframework.sh` makes; elsewhere as the library that
// `cargo xtask bindings` leaves in cargo's target folder, or in the folder that ATTUNE_LIBRARY names.
#if os(Linux)
    let core: Target = .systemLibrary(name: "AttuneFFI", path: "Sources/AttuneFFI")
    let library = Context.environment["ATTUNE_LIBRARY"] ?? "../../target/debug"
    let linking: [LinkerSetting] = [.unsafeFlags(["-L", library])]
#else
    let core: Target = .binaryTarget(name: "AttuneFFI", path: "AttuneFFI.xcframework")
    let linking: [LinkerSetting] = []
#endif

let package = Package(
    name: "Attune",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [.library(name: "Attune", targets: ["Attune"])],
    targets: [
        core,
        .target(name: "Attune", dependencies: ["AttuneFFI"], linkerSettings: linking),
        .executableTarget(name: "headless", dependencies: ["Attune"]),
        .executableTarget(name: "bench", dependencies: ["Attune"]),
        .testTarget(name: "AttuneTests", dependencies: ["Attune"]),
    ],
    swiftLanguageModes: [.v6]
)

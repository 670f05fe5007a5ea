// The package as an AAR, for Android Studio. Not run here: needs Gradle and the Android SDK. `build-android.sh` makes what it
// takes in: the libraries in build/jniLibs, and the generated code in the workspace's target/bindings/kotlin.
plugins {
    id("com.android.library") version "9.0.0"
}

val cargoTarget = providers.gradleProperty("cargoTarget").orElse("../../../target")

android {
    namespace = "app.attune.core"
    compileSdk = 37

    defaultConfig {
        minSdk = 26
        consumerProguardFiles("consumer-rules.pro")
        ndk {
            abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64")
        }
    }

    sourceSets.named("main") {
        kotlin.directories.add("../core/src/main/kotlin")
        kotlin.directories.add("${cargoTarget.get()}/bindings/kotlin")
        jniLibs.directories.add("build/jniLibs")
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    packaging {
        // Uncompressed and aligned: loaded from where it lies.
        jniLibs.useLegacyPackaging = false
    }
}

dependencies {
    api("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.11.0")
    // From 5.17 on its own libraries have pages of 16 KB.
    implementation("net.java.dev.jna:jna:5.19.1@aar")
}

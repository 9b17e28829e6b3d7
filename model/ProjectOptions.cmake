# The one target that carries language standard, warnings, Qt strictness and sanitizers for all layers.
add_library(project_options INTERFACE)
target_compile_features(project_options INTERFACE cxx_std_20)
target_compile_options(project_options INTERFACE
    -Wall -Wextra -Wpedantic -Wold-style-cast -Woverloaded-virtual -Wnon-virtual-dtor -Wshadow
    $<$<BOOL:${SEMIGDA_STRICT}>:-Werror>)
target_compile_definitions(project_options INTERFACE
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_STRICT_ITERATORS
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)
# LibTorch of some distributions pulls in Qt 5. Inline functions of Qt 6 that a program exported, as one built without
# optimisation does, would be taken by it for its own, and it would crash while loading.
target_compile_options(project_options INTERFACE -fvisibility-inlines-hidden)
# GCC 12 sees overlaps in std::string that are not there (its bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(project_options INTERFACE -Wno-restrict -Wno-stringop-overflow)
endif()
if(SEMIGDA_SANITIZE)
    # GCC sees uninitialised values in the code that its own sanitizers put in (std::stop_source of GCC 12).
    target_compile_options(project_options INTERFACE -fsanitize=${SEMIGDA_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=all -g1 -Wno-maybe-uninitialized)
    target_link_options(project_options INTERFACE -fsanitize=${SEMIGDA_SANITIZE})
endif()
find_package(Threads REQUIRED)
target_link_libraries(project_options INTERFACE Threads::Threads)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

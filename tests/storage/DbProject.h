// SPDX-License-Identifier: Apache-2.0
// A project in a temporary folder, and things to put into it.
#pragma once

#include "core/ports/ProjectStore.h"
#include "storage/SqliteProject.h"
#include "support/Random.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

/// The result must be a value; otherwise its error is shown.
#define VERIFY_OK(result)                                                                                              \
    do {                                                                                                               \
        const auto &okResult = (result);                                                                               \
        QVERIFY2(okResult.has_value(), okResult.has_value() ? "" : okResult.error().message.english().c_str());        \
    } while (false)

/// Leaves a function that returns a Result with the error, if there is one.
#define VERIFY_OK_IN(result)                                                                                           \
    do {                                                                                                               \
        if (const auto innerResult = (result); !innerResult) {                                                         \
            return innerResult.error();                                                                                \
        }                                                                                                              \
    } while (false)

/// The result must be an error with that code, in one sentence that contains `words`.
#define VERIFY_ERROR(result, errorCode, words)                                                                         \
    do {                                                                                                               \
        const auto &badResult = (result);                                                                              \
        QVERIFY2(!badResult.has_value(), "it succeeded");                                                              \
        QVERIFY2(badResult.error().code == (errorCode), badResult.error().message.english().c_str());                  \
        QVERIFY2(badResult.error().message.english().find(words) != std::string::npos,                                 \
                 badResult.error().message.english().c_str());                                                         \
        QVERIFY2(badResult.error().message.english().ends_with("."), badResult.error().message.english().c_str());     \
    } while (false)

namespace semigda::test
{

inline core::LabelSet twoClasses()
{
    core::LabelSet classes;
    static_cast<void>(classes.add("Lesion").has_value());
    static_cast<void>(classes.add("Cyst").has_value());
    return classes;
}

/// For QTemporaryDir: in memory where there is such a place, because a slow disk makes every sync slow.
inline QString scratch()
{
    const char *memory = "/dev/shm";
    std::error_code missing;
    const bool isThere = std::filesystem::space(memory, missing).available > (256U << 20) && !missing;
    return QString::fromStdString((isThere ? std::filesystem::path(memory) : std::filesystem::temp_directory_path())
                                  / "semigda-XXXXXX");
}

/// 64 hex digits that differ by number.
inline std::string someSha(int number)
{
    std::string digits = std::to_string(number);
    return std::string(64 - digits.size(), 'a') + digits;
}

inline core::NewImage someImage(int number, int width = 100, int height = 80)
{
    core::NewImage image;
    image.source.sha256 = someSha(number);
    image.source.origin = "/data/image" + std::to_string(number) + ".png";
    image.source.format = "png";
    image.name = "image" + std::to_string(number);
    image.width = width;
    image.height = height;
    return image;
}

/// One horizontal bar painted over `mask`, which takes part.
inline core::MaskDelta stroke(core::LabelMask &mask, int y, core::LabelValue value, int x = 10, int count = 30)
{
    const core::LabelMask before = mask;
    mask.fillRow(x, y, count, value);
    return core::MaskDelta::between(before, mask);
}

inline core::EditIntent painted(const std::string &reason = "Brush")
{
    return {reason, "tester", false, core::ImageState::Partial};
}

/// A new project that closes and opens again.
class TempProject
{
public:
    explicit TempProject(const std::string &name = "Liver")
        : folder(std::filesystem::path(m_parent.path().toStdString()) / (name + ".semigda"))
    {
        auto made = storage::SqliteProject::create(folder, twoClasses());
        if (made) {
            project = *made;
            store = std::move(*project->connect());
        } else {
            qCritical("%s", made.error().message.english().c_str());
        }
    }
    void close()
    {
        store.reset();
        project.reset();
    }
    core::Result<void> reopen()
    {
        close();
        auto opened = storage::SqliteProject::open(folder);
        if (!opened) {
            return opened.error();
        }
        project = *opened;
        auto connected = project->connect();
        if (!connected) {
            return connected.error();
        }
        store = std::move(*connected);
        return {};
    }
    core::ImageId addImage(int number = 1, int width = 100, int height = 80)
    {
        const auto id = store->images().add(someImage(number, width, height));
        if (!id) {
            qCritical("%s", id.error().message.english().c_str());
        }
        return id.value_or(core::ImageId());
    }
    /// An image with its file in the project.
    core::ImageId addFile(const std::string &name, const std::string &content)
    {
        const std::filesystem::path file = std::filesystem::path(m_parent.path().toStdString()) / name;
        std::ofstream(file, std::ios::binary) << content;
        core::NewImage image = someImage(0);
        image.source.sha256 = project->adoptFile(file).value_or("");
        image.source.origin = file;
        image.name = name;
        return store->images().add(image).value_or(core::ImageId());
    }
    core::RunId addRun() { return store->runs().create("semigda", "{}")->id; }
    /// The database behind the project's back.
    SQLite::Database raw() const { return SQLite::Database(folder / "project.sqlite", SQLite::OPEN_READWRITE, 5000); }
    std::filesystem::path parent() const { return m_parent.path().toStdString(); }

private:
    QTemporaryDir m_parent{scratch()};

public:
    std::filesystem::path folder;
    std::shared_ptr<storage::SqliteProject> project;
    std::unique_ptr<core::ProjectStore> store;
};

inline std::string describe(const std::vector<core::IntegrityProblem> &problems)
{
    std::string text;
    for (const core::IntegrityProblem &problem : problems) {
        text += (problem.isRepaired ? "[repaired] " : "[broken] ") + problem.what + "\n";
    }
    return text;
}

/// All problems, "" when there are none.
inline std::string checkText(core::ProjectStore &store, bool repair = false)
{
    const auto problems = store.check(repair);
    return problems ? describe(*problems) : problems.error().message.english();
}

} // namespace semigda::test

// SPDX-License-Identifier: Apache-2.0
#include "LayerRules.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace semigda::test;

class TestLayering : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void project_keepsTheLayers()
    {
        const std::vector<SourceFile> files = sourcesOf(SEMIGDA_SOURCE_DIR);
        for (const char *expected :
             {"model/core/LabelMask.cpp", "storage/ImageFiles.h", "tests/layering/LayerRules.cpp"}) {
            const bool isThere =
                std::any_of(files.begin(), files.end(), [&](const auto &f) { return f.path == expected; });
            QVERIFY2(isThere, expected);
        }
        QStringList all;
        for (const SourceFile &file : files)
            for (const std::string &violation : layerViolations(file))
                all << QString::fromStdString(violation);
        QVERIFY2(all.isEmpty(), qPrintable(QLatin1Char('\n') + all.join(QLatin1Char('\n'))));
    }
    /// A checker that finds nothing proves nothing: each kind of violation, planted.
    void planted_isFound_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char *path, const char *line) {
            QTest::newRow(QByteArray(path) + ' ' + line) << QByteArray(path) << QByteArray(line);
        };
        row("model/core/A.cpp", "#include \"storage/ImageFiles.h\"");
        row("model/core/A.cpp", "#include \"learning/Losses_p.h\"");
        row("model/core/A.cpp", "#include <QString>");
        row("model/core/A.cpp", "#include <torch/torch.h>");
        row("model/core/A.cpp", "#include <nlohmann/json.hpp>");
        row("model/core/A.h", "#include <unistd.h>");
        row("model/core/A.cpp", "#include \"LabelMask.h\"");
        row("model/core/A.cpp", "#include <core/LabelMask.h>");
        row("model/core/A.cpp", "#include <boost/any.hpp>");
        row("model/learning/A.cpp", "#include <QtCore/QString>");
        row("model/learning/A.cpp", "#include <sqlite3.h>");
        row("model/learning/A.cpp", "#include \"ui/window/MainWindow.h\"");
        row("model/learning/A.h", "#include <torch/torch.h>");
        row("model/learning/A.h", "  #  include   <c10/util/Exception.h>");
        row("storage/A.cpp", "#include <torch/torch.h>");
        row("storage/A.cpp", "#include \"ui/theme/Theme.h\"");
        row("storage/A.h", "#include <SQLiteCpp/Database.h>");
        row("storage/A.h", "#include <QString>");
        row("storage/A.h", "#include \"dcmtk/dcmdata/dctk.h\"");
        row("ui/A.cpp", "#include \"storage/MaskFiles.h\"");
        row("ui/A.cpp", "#include \"dcmtk/dcmdata/dctk.h\"");
        row("ui/A.cpp", "#include <sqlite3.h>");
        row("ui/A.h", "#include <vtkNew.h>");
        row("app/A.cpp", "#include <vtkNew.h>");
        row("app/A.cpp", "#include <ATen/ATen.h>");
        row("app/A.h", "#include <CLI/CLI.hpp>");
        row("storage/A.cpp", "const double value = std::strtod(text, nullptr);");
        row("model/learning/A.cpp", "return std::stof(text);");
        row("ui/A.cpp", "std::snprintf(text, sizeof text, \"%d: %.3f\", 1, value);");
    }
    void planted_isFound()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, line);
        const auto found = layerViolations({path.toStdString(), "#pragma once\n" + line.toStdString() + "\n"});
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY2(found.front().starts_with(path.toStdString() + ":2: "), found.front().c_str());
    }
    void allowed_passes_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char *path, const char *line) {
            QTest::newRow(QByteArray(path) + ' ' + line) << QByteArray(path) << QByteArray(line);
        };
        row("model/core/A.h", "#include <vector>");
        row("model/core/A.h", "#include \"core/Result.h\"");
        row("model/core/A.cpp", "#include <fcntl.h>");
        row("model/learning/A_p.h", "#include <torch/torch.h>");
        row("storage/A_p.h", "#include <SQLiteCpp/Database.h>");
        row("storage/A.cpp", "#include <vtkNIFTIImageReader.h>");
        row("ui/A.h", "#include <QWidget>");
        row("ui/A.cpp", "#include <vtkActor.h>");
        row("ui/A.cpp", "#include \"A.moc\"");
        row("app/A.cpp", "#include <CLI/CLI.hpp>");
        row("app/A.cpp", "#include \"storage/MaskFiles.h\"");
        row("tests/ui/tst_A.cpp", "#include \"anything.h\"");
        row("tests/ui/tst_A.cpp", "std::stod(text);");
        row("app/A.cpp", "std::snprintf(text, sizeof text, \"%d%% free of %s\", 1, name);");
        row("app/A.cpp", "const long value = std::strtol(text, nullptr, 10);");
    }
    void allowed_passes()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, line);
        const auto found = layerViolations({path.toStdString(), line.toStdString() + "\n"});
        QVERIFY2(found.empty(), found.empty() ? "" : found.front().c_str());
    }
    void length_isLimited()
    {
        std::string text;
        for (int i = 0; i < 600; ++i)
            text += "// line\n";
        QVERIFY(layerViolations({"ui/A.cpp", text}).empty());
        QCOMPARE(layerViolations({"ui/A.cpp", text + "// one more\n"}).size(), std::size_t{1});
        QCOMPARE(layerViolations({"tests/A.cpp", text + "// one more\n"}).size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestLayering)
#include "tst_Layering.moc"

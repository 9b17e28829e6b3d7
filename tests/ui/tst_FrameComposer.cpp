// SPDX-License-Identifier: Apache-2.0
// What was composed before is used again only where it would come out the same.
#include "ui/canvas/FrameComposer.h"

#include "support/Random.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace semigda;

namespace
{

constexpr QSize FrameSize(150, 110);

core::ImageData noise(int width, int height, int channels, core::PixelType type)
{
    test::Random random(7);
    core::ImageData image;
    image.width = width;
    image.height = height;
    image.channels = channels;
    image.type = type;
    image.bytes.resize(image.sampleCount() * core::bytesPerSample(type));
    for (std::byte &each : image.bytes)
        each = static_cast<std::byte>(random.next());
    return image;
}

QImage blank()
{
    QImage frame(FrameSize, QImage::Format_RGB32);
    frame.fill(Qt::magenta);
    return frame;
}

ui::ViewTransform fitted(const core::ImageData &image)
{
    ui::ViewTransform view;
    view.fit(QSizeF(image.width, image.height), QSizeF(FrameSize), 4.0);
    return view;
}

/// As somebody sees it who has never drawn anything.
QImage fresh(const core::ImageData &image, const core::LabelMask &mask, const QRect &part,
             const ui::ViewTransform &view, const ui::ComposeOptions &options)
{
    ui::FrameComposer composer;
    composer.setImage(&image);
    composer.setMask(&mask);
    QImage frame = blank();
    composer.compose(frame, part, view, options);
    return frame.copy(part);
}

/// An image that is looked at from one place.
struct OneView
{
    OneView()
    {
        options.window = core::defaultWindow(image);
        composer.setImage(&image);
        composer.setMask(&mask);
    }
    void compose(const QRect &part) { composer.compose(frame, part, view, options); }

    core::ImageData image = noise(120, 90, 1, core::PixelType::UInt8);
    core::LabelMask mask{120, 90};
    ui::ComposeOptions options;
    ui::ViewTransform view = fitted(image);
    ui::FrameComposer composer;
    QImage frame = blank();
};

} // namespace

class tst_FrameComposer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyOrderOfParts_looksAsDrawnAtOnce()
    {
        test::Random random(20261128);
        const core::ImageData images[] = {noise(300, 200, 1, core::PixelType::UInt16),
                                          noise(120, 90, 3, core::PixelType::UInt8)};
        for (int round = 0; round < 40; ++round) {
            const core::ImageData *image = &images[round % 2];
            core::LabelMask mask(image->width, image->height);
            ui::FrameComposer composer;
            composer.setImage(image);
            composer.setMask(&mask);
            ui::ComposeOptions options;
            options.window = core::defaultWindow(*image);
            ui::ViewTransform view = fitted(*image);
            QImage frame = blank();
            for (int step = 0; step < 60; ++step) {
                switch (random.between(0, 11)) {
                case 0:
                    view.zoomAt({75.0, 55.0}, view.zoom * (random.between(0, 1) == 0 ? 1.25 : 0.8));
                    break;
                case 1:
                    view.offset += QPointF(random.between(0, 6), -random.between(0, 4));
                    break;
                case 2:
                    options.window.centre *= 1.1;
                    break;
                case 3:
                    options.showImage = !options.showImage;
                    break;
                case 4:
                    options.surround = options.surround == 0xff1c1c1cU ? 0xffffffffU : 0xff1c1c1cU;
                    break;
                case 5:
                    options.showUncertainty = !options.showUncertainty;
                    break;
                default:
                    mask.fillRow(random.between(0, 59), random.between(0, image->height - 1), 30,
                                 static_cast<core::LabelValue>(1 + random.between(0, 2)));
                }
                const QRect part = QRect(random.between(0, 139), random.between(0, 99), 1 + random.between(0, 149),
                                         1 + random.between(0, 109))
                                   & frame.rect();
                composer.compose(frame, part, view, options);
                QCOMPARE(frame.copy(part), fresh(*image, mask, part, view, options));
            }
        }
    }

    void anotherImageInTheSamePlace_isDrawnAnew()
    {
        OneView one;
        for (int i = 0; i < 3; ++i)
            one.compose(one.frame.rect());
        std::fill(one.image.bytes.begin(), one.image.bytes.end(), std::byte{77});
        one.composer.setImage(&one.image);
        for (int i = 0; i < 3; ++i) {
            one.compose(one.frame.rect());
            QCOMPARE(one.frame, fresh(one.image, one.mask, one.frame.rect(), one.view, one.options));
        }
    }

    void labelsThatChange_doNotComposeTheImageAgain()
    {
        OneView one;
        one.compose(one.frame.rect());
        one.compose(one.frame.rect()); // the view stays, so it is worth keeping
        const std::size_t before = one.composer.counts().imagePixels;
        QCOMPARE(before, one.composer.counts().pixels);
        for (int y = 0; y < 90; y += 9) {
            one.mask.fillRow(10, y, 50, 1);
            one.compose(QRect(5, 5, 100, 90));
        }
        QCOMPARE(one.composer.counts().imagePixels, before);
        one.options.window.width *= 2.0;
        one.compose(one.frame.rect());
        QVERIFY(one.composer.counts().imagePixels > before);
    }
};

QTEST_GUILESS_MAIN(tst_FrameComposer)
#include "tst_FrameComposer.moc"

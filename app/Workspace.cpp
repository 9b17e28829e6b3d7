// SPDX-License-Identifier: Apache-2.0
#include "app/Workspace.h"

#include "app/OpenProject.h"
#include "app/sample/SampleGenerator.h"

namespace semigda::app
{

namespace
{

using core::Result;

using SessionResult = Result<std::shared_ptr<core::ProjectSession>>;

SessionResult asSession(Result<std::shared_ptr<OpenProject>> project)
{
    if (!project)
        return project.error();
    return std::shared_ptr<core::ProjectSession>(std::move(*project));
}

class ProjectWorkspace final : public core::Workspace
{
public:
    SessionResult create(const std::filesystem::path &folder, const core::LabelSet &classes) override
    {
        return asSession(OpenProject::create(folder, classes));
    }

    SessionResult open(const std::filesystem::path &folder) override { return asSession(OpenProject::open(folder)); }

    Result<void> makeSample(const std::filesystem::path &folder, int count, const core::ProgressSink &progress,
                            std::stop_token stop) override
    {
        SampleOptions options;
        options.folder = folder;
        options.count = count;
        const Result<SampleReport> made = generateSample(options, progress, stop);
        if (!made)
            return made.error();
        return {};
    }
};

} // namespace

std::shared_ptr<core::Workspace> createWorkspace()
{
    return std::make_shared<ProjectWorkspace>();
}

} // namespace semigda::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace semigda::ui
{

class Actions;
class ImageCanvas;
class ToolController;

/// Lets the actions that choose tools and classes and change the view act on a canvas and its tools, which must
/// outlive them; those whose keys need the focus get them there. Gui thread.
void connectCanvas(const Actions &actions, ImageCanvas &canvas, ToolController &tools);

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#include "learning/PickleReader_p.h"

#include "learning/InputFile_p.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <unordered_map>

namespace semigda::learning
{

namespace
{

using Kind = PickleValue::Kind;

/// Twenty times what the largest checkpoints have.
constexpr std::size_t MaxValues = 2U << 20;
/// Python itself writes no pickle that is nested as deeply.
constexpr std::size_t MaxMarks = 10000;

/// Python's Lib/pickletools.py describes them.
enum Opcode : std::uint8_t {
    Mark = '(',
    Stop = '.',
    Pop = '0',
    PopMark = '1',
    BinInt = 'J',
    BinInt1 = 'K',
    BinInt2 = 'M',
    None = 'N',
    BinPersId = 'Q',
    Reduce = 'R',
    BinString = 'T',
    ShortBinString = 'U',
    BinUnicode = 'X',
    Append = 'a',
    Build = 'b',
    Global = 'c',
    Appends = 'e',
    BinGet = 'h',
    LongBinGet = 'j',
    BinPut = 'q',
    LongBinPut = 'r',
    SetItem = 's',
    TupleOfMark = 't',
    SetItems = 'u',
    BinFloat = 'G',
    EmptyTuple = ')',
    EmptyList = ']',
    EmptyDict = '}',
    Proto = 0x80,
    NewObj = 0x81,
    Tuple1 = 0x85,
    Tuple2 = 0x86,
    Tuple3 = 0x87,
    NewTrue = 0x88,
    NewFalse = 0x89,
    Long1 = 0x8A,
    Long4 = 0x8B
};

/// The stack machine. The first fault sticks: what follows does nothing and run() tells it.
class Machine
{
public:
    explicit Machine(PickleTree &tree)
        : m_tree(tree)
        , m_rest(tree.bytes)
    {}

    /// What is wrong; empty: nothing.
    core::Sentence run();
    int protocol() const { return m_protocol; }

private:
    void step(std::uint8_t opcode);
    void fail(const core::Sentence &fault);

    std::span<const std::byte> take(std::uint64_t count);
    template <std::size_t Size> std::uint64_t number();
    std::string_view text(std::uint64_t length);
    std::string_view line();

    PickleValue &push(Kind kind);
    void pushInteger(std::int64_t value) { push(Kind::Integer).integer = value; }
    void pushLong(std::uint64_t length);
    PickleIndex pop();
    PickleIndex top();
    std::vector<PickleIndex> popToMark();
    void pushTuple(std::vector<PickleIndex> items) { push(Kind::Tuple).items = std::move(items); }
    void pushTuple(std::size_t count);
    void pushCall();
    void append(const std::vector<PickleIndex> &items);
    void setItems(const std::vector<PickleIndex> &items);
    void remember(std::uint64_t place);
    void recall(std::uint64_t place);

    PickleTree &m_tree;
    std::span<const std::byte> m_rest;
    std::vector<PickleIndex> m_stack;
    std::vector<std::size_t> m_marks; ///< heights of the stack
    std::unordered_map<std::uint64_t, PickleIndex> m_memo;
    core::Sentence m_fault;
    PickleValue m_nothing; ///< what push() gives after a fault
    int m_protocol = -1;
    bool m_hasStopped = false;
};

core::Sentence Machine::run()
{
    if (number<1>() != Proto) {
        fail(core::phrase("errors", "it does not begin as one"));
    }
    m_protocol = static_cast<int>(number<1>());
    if (m_protocol != 2) {
        fail(core::phrase("errors", "it is of another protocol"));
    }
    while (m_fault.isEmpty() && !m_hasStopped) {
        step(static_cast<std::uint8_t>(number<1>()));
    }
    return m_fault;
}

void Machine::step(std::uint8_t opcode)
{
    if (!m_fault.isEmpty()) {
        return;
    }
    switch (opcode) {
    case Mark:
        m_marks.push_back(m_stack.size());
        if (m_marks.size() > MaxMarks) {
            fail(core::phrase("errors", "it is nested too deeply"));
        }
        return;
    case Stop:
        m_tree.root = pop();
        m_hasStopped = true;
        return;
    case Pop:
        // Of a mark that was just set it takes the mark, as Python's does.
        if (!m_marks.empty() && m_marks.back() == m_stack.size()) {
            m_marks.pop_back();
        } else {
            pop();
        }
        return;
    case PopMark:
        popToMark();
        return;
    case None:
        push(Kind::Other);
        return;
    case BinFloat:
        take(8);
        push(Kind::Other);
        return;
    case NewTrue:
    case NewFalse:
        pushInteger(opcode == NewTrue ? 1 : 0);
        return;
    case BinInt:
        pushInteger(static_cast<std::int32_t>(static_cast<std::uint32_t>(number<4>())));
        return;
    case BinInt1:
        pushInteger(static_cast<std::int64_t>(number<1>()));
        return;
    case BinInt2:
        pushInteger(static_cast<std::int64_t>(number<2>()));
        return;
    case Long1:
        pushLong(number<1>());
        return;
    case Long4:
        pushLong(number<4>());
        return;
    case BinUnicode:
    case BinString: {
        const std::string_view content = text(number<4>());
        push(Kind::Text).text = content;
        return;
    }
    case ShortBinString: {
        const std::string_view content = text(number<1>());
        push(Kind::Text).text = content;
        return;
    }
    case EmptyTuple:
        push(Kind::Tuple);
        return;
    case EmptyList:
        push(Kind::List);
        return;
    case EmptyDict:
        push(Kind::Dict);
        return;
    case TupleOfMark:
        pushTuple(popToMark());
        return;
    case Tuple1:
    case Tuple2:
    case Tuple3:
        pushTuple(static_cast<std::size_t>(opcode - Tuple1 + 1));
        return;
    case Append:
        append({pop()});
        return;
    case Appends:
        append(popToMark());
        return;
    case SetItem: {
        const PickleIndex value = pop();
        const PickleIndex key = pop();
        setItems({key, value});
        return;
    }
    case SetItems:
        setItems(popToMark());
        return;
    case BinPut:
        remember(number<1>());
        return;
    case LongBinPut:
        remember(number<4>());
        return;
    case BinGet:
        recall(number<1>());
        return;
    case LongBinGet:
        recall(number<4>());
        return;
    case Global: {
        const std::string_view module = line();
        const std::string_view name = line();
        PickleValue &value = push(Kind::Global);
        value.text = module;
        value.name = name;
        return;
    }
    case BinPersId: {
        const PickleIndex arguments = pop();
        push(Kind::Persistent).arguments = arguments;
        return;
    }
    case Reduce:
    case NewObj:
        pushCall();
        return;
    case Build:
        // The state of an object, such as the version numbers that PyTorch hangs on its dictionaries: nobody's need.
        pop();
        top();
        return;
    default: {
        std::array<char, 16> code{};
        std::snprintf(code.data(), code.size(), "0x%02X", unsigned(opcode));
        fail(core::phrase("errors", "it has the unknown opcode %1").with(std::string(code.data())));
    }
    }
}

void Machine::fail(const core::Sentence &fault)
{
    if (m_fault.isEmpty()) {
        m_fault = fault;
    }
}

std::span<const std::byte> Machine::take(std::uint64_t count)
{
    if (!m_fault.isEmpty() || count > m_rest.size()) {
        fail(core::phrase("errors", "it is cut off"));
        return {};
    }
    const auto taken = m_rest.first(static_cast<std::size_t>(count));
    m_rest = m_rest.subspan(taken.size());
    return taken;
}

template <std::size_t Size> std::uint64_t Machine::number()
{
    const auto bytes = take(Size);
    return bytes.empty() ? 0 : littleEndian<Size>(bytes);
}

std::string_view Machine::text(std::uint64_t length)
{
    const auto bytes = take(length);
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

std::string_view Machine::line()
{
    const auto end = std::find(m_rest.begin(), m_rest.end(), static_cast<std::byte>('\n'));
    if (end == m_rest.end()) {
        fail(core::phrase("errors", "it is cut off"));
        return {};
    }
    const std::string_view content = text(static_cast<std::uint64_t>(end - m_rest.begin()));
    take(1);
    return content;
}

PickleValue &Machine::push(Kind kind)
{
    if (m_tree.values.size() >= MaxValues) {
        fail(core::phrase("errors", "it holds too many values"));
    }
    if (!m_fault.isEmpty()) {
        return m_nothing;
    }
    m_stack.push_back(static_cast<PickleIndex>(m_tree.values.size()));
    PickleValue &value = m_tree.values.emplace_back();
    value.kind = kind;
    return value;
}

void Machine::pushLong(std::uint64_t length)
{
    const auto bytes = take(length);
    if (bytes.size() > 8) {
        push(Kind::Other);
        return;
    }
    // Two's complement of as many bytes as it needs.
    std::uint64_t value = !bytes.empty() && (bytes.back() & std::byte{0x80}) != std::byte{0} ? ~std::uint64_t(0) : 0;
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
        value = (value << 8) | static_cast<std::uint64_t>(*byte);
    }
    pushInteger(static_cast<std::int64_t>(value));
}

PickleIndex Machine::pop()
{
    const std::size_t floor = m_marks.empty() ? 0 : m_marks.back();
    if (!m_fault.isEmpty() || m_stack.size() <= floor) {
        fail(core::phrase("errors", "it takes more than there is"));
        return 0;
    }
    const PickleIndex index = m_stack.back();
    m_stack.pop_back();
    return index;
}

PickleIndex Machine::top()
{
    const PickleIndex index = pop();
    if (m_fault.isEmpty()) {
        m_stack.push_back(index);
    }
    return index;
}

std::vector<PickleIndex> Machine::popToMark()
{
    if (!m_fault.isEmpty() || m_marks.empty()) {
        fail(core::phrase("errors", "it takes more than there is"));
        return {};
    }
    const auto first = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
    std::vector<PickleIndex> items(first, m_stack.end());
    m_stack.erase(first, m_stack.end());
    m_marks.pop_back();
    return items;
}

void Machine::pushTuple(std::size_t count)
{
    std::vector<PickleIndex> items(count);
    for (std::size_t i = count; i-- > 0;) {
        items[i] = pop();
    }
    pushTuple(std::move(items));
}

void Machine::pushCall()
{
    const PickleIndex arguments = pop();
    const PickleIndex callable = pop();
    PickleValue &call = push(Kind::Call);
    call.callable = callable;
    call.arguments = arguments;
}

void Machine::append(const std::vector<PickleIndex> &items)
{
    const PickleIndex index = top();
    if (!m_fault.isEmpty()) {
        return;
    }
    PickleValue &list = m_tree.values[index];
    if (list.kind == Kind::List) {
        list.items.insert(list.items.end(), items.begin(), items.end());
    } else if (list.kind != Kind::Call) {
        fail(core::phrase("errors", "it appends to what is no list"));
    }
}

void Machine::setItems(const std::vector<PickleIndex> &items)
{
    const PickleIndex index = top();
    if (!m_fault.isEmpty()) {
        return;
    }
    PickleValue &dict = m_tree.values[index];
    const bool isDict = dict.kind == Kind::Dict || dict.kind == Kind::Call;
    if (!isDict || items.size() % 2 != 0) {
        fail(core::phrase("errors", "it sets items of what is no dictionary"));
        return;
    }
    dict.items.insert(dict.items.end(), items.begin(), items.end());
}

void Machine::remember(std::uint64_t place)
{
    const PickleIndex index = top();
    if (m_memo.size() >= MaxValues) {
        fail(core::phrase("errors", "it holds too many values"));
    }
    if (m_fault.isEmpty()) {
        m_memo[place] = index;
    }
}

void Machine::recall(std::uint64_t place)
{
    const auto found = m_memo.find(place);
    if (found == m_memo.end()) {
        fail(core::phrase("errors", "it recalls what it never had"));
        return;
    }
    m_stack.push_back(found->second);
}

} // namespace

core::Result<PickleTree> readPickle(std::vector<std::byte> bytes, const std::filesystem::path &file)
{
    PickleTree tree;
    tree.bytes = std::move(bytes);
    Machine machine(tree);
    const core::Sentence fault = machine.run();
    if (fault.isEmpty()) {
        return tree;
    }
    if (machine.protocol() > 2 && tree.values.empty()) {
        return core::Error{core::ErrorCode::UnsupportedFormat,
                           core::phrase("errors", "%1 was written with pickle protocol %2; save it again with "
                                                  "torch.save's own protocol or as safetensors.")
                               .with(file.string(), machine.protocol())};
    }
    return core::Error{
        core::ErrorCode::CorruptFile,
        core::phrase("errors", "%1 is not a whole PyTorch checkpoint (its pickle: %2); copy or download it again.")
            .with(file.string(), fault)};
}

} // namespace semigda::learning

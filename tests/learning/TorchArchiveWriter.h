// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/Safetensors.h"
#include "learning/ZipWriter.h"

#include <map>
#include <sstream>

namespace semigda::test
{

/// Writes pickles of protocol 2 as Python's pickler does, opcode by opcode, with its memo.
class PickleWriter
{
public:
    std::string bytes{"\x80\x02"};

    void op(std::string_view opcodes) { bytes.append(opcodes); }
    void op(char opcode, std::uint64_t argument, int size)
    {
        bytes += opcode;
        bytes.append(littleEndianBytes(argument, size));
    }
    void put()
    {
        m_next < 256 ? op('q', m_next, 1) : op('r', m_next, 4);
        ++m_next;
    }
    void text(const std::string &text) { memoised(joined({"X", littleEndianBytes(text.size(), 4), text})); }
    void global(const std::string &module, const std::string &name)
    {
        memoised(joined({"c", module, "\n", name, "\n"}));
    }
    void integer(std::int64_t value)
    {
        const auto bits = static_cast<std::uint64_t>(value);
        if (value >= 0 && value < 256) {
            op('K', bits, 1);
        } else if (value >= 0 && value < 65536) {
            op('M', bits, 2);
        } else if (value >= INT32_MIN && value <= INT32_MAX) {
            op('J', bits, 4);
        } else {
            op("\x8a");
            op('\x08', bits, 8);
        }
    }
    void tuple(const std::vector<std::int64_t> &numbers)
    {
        if (numbers.size() > 3) {
            op("(");
        }
        for (const std::int64_t number : numbers) {
            integer(number);
        }
        static const std::array<std::string, 4> Short{")", "\x85", "\x86", "\x87"};
        op(numbers.size() > 3 ? "t" : Short[numbers.size()]);
        if (!numbers.empty()) {
            put();
        }
    }
    void beginDict()
    {
        op("}");
        put();
        op("(");
    }
    void beginOrderedDict()
    {
        global("collections", "OrderedDict");
        op(")R");
        put();
        op("(");
    }
    void endDict() { op("u"); }

private:
    void memoised(const std::string &opcodes)
    {
        const auto known = m_memo.find(opcodes);
        if (known != m_memo.end()) {
            known->second < 256 ? op('h', known->second, 1) : op('j', known->second, 4);
            return;
        }
        op(opcodes);
        m_memo[opcodes] = m_next;
        put();
    }

    std::map<std::string, std::uint64_t> m_memo;
    std::uint64_t m_next = 0;
};

/// Writes checkpoints as torch.save does. Dictionaries and names go to `pickle`, tensors are put in between.
class TorchArchiveWriter
{
public:
    PickleWriter pickle;
    ZipWriter zip;
    std::string root = "archive";
    std::string byteOrder = "little"; ///< "": no entry, as before PyTorch 2.1

    /// Adds a storage; its key.
    std::string storage(const std::string &bytes)
    {
        m_storages.push_back(bytes);
        return std::to_string(m_storages.size() - 1);
    }

    /// A tensor in a storage that is there already. `count` numbers are in the storage.
    void view(const std::string &key, const std::string &storageClass, std::int64_t count, std::int64_t offset,
              const std::vector<std::int64_t> &shape, const std::vector<std::int64_t> &strides)
    {
        pickle.global("torch._utils", "_rebuild_tensor_v2");
        pickle.op("((");
        pickle.text("storage");
        pickle.global("torch", storageClass);
        pickle.text(key);
        pickle.text("cpu");
        pickle.integer(count);
        pickle.op("t");
        pickle.put();
        pickle.op("Q");
        pickle.integer(offset);
        pickle.tuple(shape);
        pickle.tuple(strides);
        pickle.op("\x89");
        pickle.global("collections", "OrderedDict");
        pickle.op(")R");
        pickle.put();
        pickle.op("t");
        pickle.put();
        pickle.op("R");
        pickle.put();
    }

    void tensor(const learning::RawTensor &raw)
    {
        std::vector<std::int64_t> strides(raw.shape.size(), 1);
        for (std::size_t i = strides.size(); i-- > 1;) {
            strides[i - 1] = strides[i] * raw.shape[i];
        }
        const auto count = static_cast<std::int64_t>(raw.bytes.size() / learning::bytesPerElement(raw.type));
        view(storage({reinterpret_cast<const char *>(raw.bytes.data()), raw.bytes.size()}), className(raw.type), count,
             0, raw.shape, strides);
    }

    void parameter(const learning::RawTensor &raw)
    {
        pickle.global("torch._utils", "_rebuild_parameter");
        tensor(raw);
        pickle.op("\x88");
        pickle.global("collections", "OrderedDict");
        pickle.op(")R");
        pickle.put();
        pickle.op("\x87");
        pickle.put();
        pickle.op("R");
        pickle.put();
    }

    /// An OrderedDict of tensors, as state_dict() gives.
    void stateDict(const std::map<std::string, learning::RawTensor> &tensors)
    {
        pickle.beginOrderedDict();
        for (const auto &[name, raw] : tensors) {
            pickle.text(name);
            tensor(raw);
        }
        pickle.endDict();
    }

    /// Call once, at the end.
    void write(const std::filesystem::path &path)
    {
        finish();
        zip.write(path);
    }
    std::string toBytes()
    {
        finish();
        std::ostringstream stream;
        zip.write(stream);
        return stream.str();
    }
    void finish()
    {
        pickle.op(".");
        zip.add(root + "/data.pkl", pickle.bytes);
        if (!byteOrder.empty()) {
            zip.add(root + "/byteorder", byteOrder);
        }
        for (std::size_t i = 0; i < m_storages.size(); ++i) {
            zip.add(root + "/data/" + std::to_string(i), m_storages[i]);
        }
        zip.add(root + "/version", "3\n");
    }

    static std::string className(learning::TensorType type)
    {
        using learning::TensorType;
        switch (type) {
        case TensorType::Float16:
            return "HalfStorage";
        case TensorType::BFloat16:
            return "BFloat16Storage";
        case TensorType::Float64:
            return "DoubleStorage";
        case TensorType::Int64:
            return "LongStorage";
        case TensorType::Int32:
            return "IntStorage";
        case TensorType::UInt8:
            return "ByteStorage";
        case TensorType::Float32:
            break;
        }
        return "FloatStorage";
    }

private:
    std::vector<std::string> m_storages;
};

} // namespace semigda::test

using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Fpe.Checkpoints;

/// <summary>Tensors as numbers, checked for what the reader expects of them.</summary>
internal static class TensorReading
{
    /// <summary>Reads floating-point numbers of any width.</summary>
    /// <exception cref="CheckpointMismatchException">The tensor is missing, of another shape or of integers.</exception>
    public static double[] ReadNumbers(this SafetensorsReader reader, string name, params ReadOnlySpan<long> shape)
    {
        TensorEntry tensor = Find(reader, name, shape);
        byte[] content = tensor.Type is TensorType.F16 or TensorType.BF16 or TensorType.F32 or TensorType.F64
            ? reader.Read(tensor)
            : throw new CheckpointMismatchException(reader.File, $"tensor {name} is {tensor.Type}, but floating-point numbers are expected: F16, BF16, F32 or F64.");
        return tensor.Type switch
        {
            TensorType.F16 => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(content).ToArray(), number => (double)number),
            TensorType.BF16 => Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(content).ToArray(), bits => (double)BitConverter.Int32BitsToSingle(bits << 16)),
            TensorType.F32 => Array.ConvertAll(MemoryMarshal.Cast<byte, float>(content).ToArray(), number => (double)number),
            _ => MemoryMarshal.Cast<byte, double>(content).ToArray(),
        };
    }

    /// <summary>Reads indices below a bound, stored in the smallest format that holds them.</summary>
    /// <exception cref="CheckpointMismatchException">The tensor is missing, or of another shape or format, or an index is too large.</exception>
    public static int[] ReadIndices(this SafetensorsReader reader, string name, int count, int bound)
    {
        TensorType type = TensorTypes.ForIndicesBelow(bound);
        byte[] content = reader.ReadBytes(name, type, count);
        var indices = new int[count];
        for (int i = 0; i < count; i++)
        {
            uint index = type switch
            {
                TensorType.U8 => content[i],
                TensorType.U16 => BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(i * sizeof(ushort))),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(i * sizeof(uint))),
            };
            if (index >= (uint)bound)
                throw new CheckpointMismatchException(reader.File, $"tensor {name} has {index} at {i}, but only 0 to {bound - 1} exist.");
            indices[i] = (int)index;
        }

        return indices;
    }

    /// <summary>Reads packed flags, in rows of <paramref name="flags"/>.</summary>
    /// <exception cref="CheckpointMismatchException">The tensor is missing, or of another shape or format, or has bits beyond the flags.</exception>
    public static byte[] ReadFlags(this SafetensorsReader reader, string name, int rows, long flags)
    {
        int width = (int)PackedBits.BytesFor(flags);
        byte[] content = reader.ReadBytes(name, TensorType.U8, rows, width);
        for (int row = 0; row < rows; row++)
        {
            if (PackedBits.HasStrayBits(content.AsSpan(row * width, width), flags))
                throw new CheckpointMismatchException(reader.File, $"tensor {name} has bits beyond the {flags} flags of row {row}.");
        }

        return content;
    }

    /// <summary>Reads a tensor of one format and shape as it is.</summary>
    /// <exception cref="CheckpointMismatchException">The tensor is missing, or of another shape or format.</exception>
    public static byte[] ReadBytes(this SafetensorsReader reader, string name, TensorType type, params ReadOnlySpan<long> shape)
    {
        TensorEntry tensor = Find(reader, name, shape);
        return tensor.Type == type
            ? reader.Read(tensor)
            : throw new CheckpointMismatchException(reader.File, $"tensor {name} is {tensor.Type}, but {type} is expected.");
    }

    private static TensorEntry Find(SafetensorsReader reader, string name, ReadOnlySpan<long> shape)
    {
        if (!reader.Tensors.TryGetValue(name, out TensorEntry? tensor))
            throw new CheckpointMismatchException(reader.File, $"there is no tensor {name}; {TensorEntry.Text(shape)} is expected.");
        if (!tensor.Shape.AsSpan().SequenceEqual(shape))
            throw new CheckpointMismatchException(reader.File, $"tensor {name} is {tensor.ShapeText}, but {TensorEntry.Text(shape)} is expected.");
        return tensor;
    }
}

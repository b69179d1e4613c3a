namespace Fpe.Checkpoints;

/// <summary>Reads tensors as numbers and checks that they are as expected.</summary>
internal static class TensorReading
{
    /// <summary>Reads floating-point numbers of any width.</summary>
    /// <exception cref="CheckpointMismatchException">The tensor is missing, has another shape or contains integers.</exception>
    public static double[] ReadNumbers(this SafetensorsReader reader, string name, params ReadOnlySpan<long> shape)
    {
        TensorEntry tensor = Find(reader, name, shape);
        return tensor.Type switch
        {
            TensorType.F16 => Array.ConvertAll(reader.Read<Half>(tensor), number => (double)number),
            TensorType.BF16 => Array.ConvertAll(reader.Read<ushort>(tensor), bits => (double)BitConverter.Int32BitsToSingle(bits << 16)),
            TensorType.F32 => Array.ConvertAll(reader.Read<float>(tensor), number => (double)number),
            TensorType.F64 => reader.Read<double>(tensor),
            _ => throw new CheckpointMismatchException(reader.File, $"tensor {name} is {tensor.Type}, but floating-point numbers are expected: F16, BF16, F32 or F64."),
        };
    }

    /// <summary>Reads elements of one format.</summary>
    /// <exception cref="CheckpointMismatchException">The tensor is missing, or has another shape or format.</exception>
    public static T[] ReadAs<T>(this SafetensorsReader reader, TensorType type, string name, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        TensorEntry tensor = Find(reader, name, shape);
        return tensor.Type == type
            ? reader.Read<T>(tensor)
            : throw new CheckpointMismatchException(reader.File, $"tensor {name} is {tensor.Type}, but {type} is expected.");
    }

    /// <summary>Reads indices below a bound, stored in any unsigned format of up to 32 bits.</summary>
    /// <exception cref="CheckpointMismatchException">The tensor is missing, has another shape or format, or an index is too large.</exception>
    public static int[] ReadIndices(this SafetensorsReader reader, string name, long count, long bound)
    {
        TensorEntry tensor = Find(reader, name, count);
        int[] indices = tensor.Type switch
        {
            TensorType.U8 => Array.ConvertAll(reader.Read<byte>(tensor), index => (int)index),
            TensorType.U16 => Array.ConvertAll(reader.Read<ushort>(tensor), index => (int)index),
            TensorType.U32 => reader.Read<int>(tensor),
            _ => throw new CheckpointMismatchException(reader.File, $"tensor {name} is {tensor.Type}, but U8, U16 or U32 is expected."),
        };
        int wrong = Array.FindIndex(indices, index => (uint)index >= bound);
        return wrong < 0
            ? indices
            : throw new CheckpointMismatchException(reader.File, $"tensor {name} has {(uint)indices[wrong]} at {wrong}, but only 0 to {bound - 1} exist.");
    }

    /// <summary>Reads packed flags in rows of <paramref name="flags"/>.</summary>
    /// <exception cref="CheckpointMismatchException">The tensor is missing, has another shape or format, or has bits beyond the flags.</exception>
    public static byte[] ReadFlags(this SafetensorsReader reader, string name, int rows, long flags)
    {
        int width = (int)PackedBits.BytesFor(flags);
        TensorEntry tensor = Find(reader, name, rows, width);
        byte[] content = tensor.Type == TensorType.U8
            ? reader.Read<byte>(tensor)
            : throw new CheckpointMismatchException(reader.File, $"tensor {name} is {tensor.Type}, but U8 is expected.");
        for (int row = 0; row < rows; row++)
        {
            if (PackedBits.HasStrayBits(content.AsSpan(row * width, width), flags))
                throw new CheckpointMismatchException(reader.File, $"tensor {name} has bits beyond the {flags} flags of row {row}.");
        }

        return content;
    }

    private static TensorEntry Find(SafetensorsReader reader, string name, params ReadOnlySpan<long> shape)
    {
        if (!reader.Tensors.TryGetValue(name, out TensorEntry? tensor))
            throw new CheckpointMismatchException(reader.File, $"there is no tensor {name}; {TensorEntry.Text(shape)} is expected.");
        if (!tensor.Shape.AsSpan().SequenceEqual(shape))
            throw new CheckpointMismatchException(reader.File, $"tensor {name} is {tensor.ShapeText}, but {TensorEntry.Text(shape)} is expected.");
        return tensor;
    }
}

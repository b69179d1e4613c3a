using Fpe.Compute;

namespace Fpe.Checkpoints;

/// <summary>A tensor to be written to a file.</summary>
/// <param name="Name">The name, such as <c>hidden.weight</c>.</param>
/// <param name="Type">The format of the elements.</param>
/// <param name="Shape">The size of each dimension.</param>
internal abstract record Tensor(string Name, TensorType Type, long[] Shape)
{
    /// <summary>The number of bytes of the content.</summary>
    public abstract long Length { get; }

    /// <summary>Passes the elements to a receiver in chunks, row by row and little-endian.</summary>
    public abstract void Write(Action<ReadOnlySpan<byte>> receiver);

    /// <summary>Creates a tensor of numbers in the format in which the device computes, so that no precision is lost.</summary>
    public static Tensor OfNumbers(string name, ElementType format, long[] shape, double[] values) => format == ElementType.Float64
        ? new TensorOf<double>(name, TensorType.F64, shape, values)
        : new TensorOf<float>(name, TensorType.F32, shape, Array.ConvertAll(values, value => (float)value));

    /// <summary>Creates a tensor of indices below <paramref name="bound"/> in the smallest format that can hold them.</summary>
    public static Tensor OfIndices(string name, int[] values, long bound)
    {
        TensorType type = TensorTypes.ForIndicesBelow(bound);
        long[] shape = [values.Length];
        return type switch
        {
            TensorType.U8 => new TensorOf<byte>(name, type, shape, Array.ConvertAll(values, value => (byte)value)),
            TensorType.U16 => new TensorOf<ushort>(name, type, shape, Array.ConvertAll(values, value => (ushort)value)),
            _ => new TensorOf<int>(name, type, shape, values),
        };
    }
}

using Fpe.Compute;

namespace Fpe.Checkpoints;

/// <summary>A tensor on its way into a file.</summary>
/// <param name="Name">Name such as <c>hidden.weight</c>.</param>
/// <param name="Type">Format of the elements.</param>
/// <param name="Shape">Size of each dimension.</param>
internal abstract record Tensor(string Name, TensorType Type, long[] Shape)
{
    /// <summary>Bytes of the content.</summary>
    public abstract long Length { get; }

    /// <summary>Passes on the elements, row by row and little-endian, in pieces.</summary>
    public abstract void Write(Action<ReadOnlySpan<byte>> receiver);

    /// <summary>Numbers of a device in the format in which it computes, so that no bit is lost.</summary>
    public static Tensor OfNumbers(string name, ElementType format, long[] shape, double[] values) => format == ElementType.Float64
        ? new TensorOf<double>(name, TensorType.F64, shape, values)
        : new TensorOf<float>(name, TensorType.F32, shape, Array.ConvertAll(values, value => (float)value));

    /// <summary>Indices below <paramref name="bound"/> in the smallest format that holds them.</summary>
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

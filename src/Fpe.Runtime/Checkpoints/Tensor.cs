using System.Runtime.InteropServices;
using Fpe.Compute;

namespace Fpe.Checkpoints;

/// <summary>A tensor on its way into a file.</summary>
/// <param name="Name">Name such as <c>hidden.weight</c>.</param>
/// <param name="Type">Format of the elements.</param>
/// <param name="Shape">Size of each dimension.</param>
/// <param name="Content">The elements, row by row, little-endian.</param>
internal sealed record Tensor(string Name, TensorType Type, long[] Shape, byte[] Content)
{
    /// <summary>Numbers of a device in the format in which it computes, so that no bit is lost.</summary>
    public static Tensor OfNumbers(string name, ElementType format, long[] shape, double[] values) => format == ElementType.Float64
        ? new Tensor(name, TensorType.F64, shape, MemoryMarshal.AsBytes<double>(values).ToArray())
        : new Tensor(name, TensorType.F32, shape, MemoryMarshal.AsBytes<float>(Array.ConvertAll(values, value => (float)value)).ToArray());

    /// <summary>Indices below <paramref name="bound"/> in the smallest format that holds them.</summary>
    public static Tensor OfIndices(string name, int[] values, int bound)
    {
        TensorType type = TensorTypes.ForIndicesBelow(bound);
        byte[] content = type switch
        {
            TensorType.U8 => Array.ConvertAll(values, value => (byte)value),
            TensorType.U16 => MemoryMarshal.AsBytes<ushort>(Array.ConvertAll(values, value => (ushort)value)).ToArray(),
            _ => MemoryMarshal.AsBytes<int>(values).ToArray(),
        };
        return new Tensor(name, type, [values.Length], content);
    }
}

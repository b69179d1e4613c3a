using System.Runtime.InteropServices;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Tests.Interpreter;

/// <summary>Numbers in a shape, row by row; indices and sizes are numbers as well here.</summary>
internal sealed record Tensor(int[] Sizes, double[] Values)
{
    public int Rank => Sizes.Length;

    public static Tensor Of(TensorProto constant)
    {
        ReadOnlySpan<byte> bytes = constant.RawData.Span;
        double[] values = constant.DataType switch
        {
            TensorProto.Types.DataType.Float => Convert<float>(bytes),
            TensorProto.Types.DataType.Int8 => Convert<sbyte>(bytes),
            TensorProto.Types.DataType.Uint8 => Convert<byte>(bytes),
            TensorProto.Types.DataType.Int32 => Convert<int>(bytes),
            TensorProto.Types.DataType.Int64 => Convert<long>(bytes),
            _ => throw new NotSupportedException($"Constant {constant.Name} has type {constant.DataType}."),
        };
        int[] sizes = [.. constant.Dims.Select(size => (int)size)];
        Assert.Equal(values.Length, sizes.Aggregate(1, (product, size) => product * size));
        return new Tensor(sizes, values);
    }

    /// <summary>A tensor of the given sizes, with an element for each index.</summary>
    public static Tensor Of(int[] sizes, Func<int[], double> element)
    {
        var values = new double[sizes.Aggregate(1, (product, size) => product * size)];
        var index = new int[sizes.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = element(index);
            for (int axis = sizes.Length - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--)
                index[axis] = 0;
        }

        return new Tensor(sizes, values);
    }

    public double At(params ReadOnlySpan<int> index)
    {
        int place = 0;
        for (int axis = 0; axis < Rank; axis++)
        {
            Assert.InRange(index[axis], 0, Sizes[axis] - 1);
            place = (place * Sizes[axis]) + index[axis];
        }

        return Values[place];
    }

    /// <summary>An element of a tensor that is repeated along axes it lacks or has once only.</summary>
    public double Repeated(ReadOnlySpan<int> index)
    {
        Span<int> own = index[^Rank..].ToArray();
        for (int axis = 0; axis < Rank; axis++)
            own[axis] = Sizes[axis] == 1 ? 0 : own[axis];
        return At(own);
    }

    public Tensor Map(Func<double, double> function) => this with { Values = Array.ConvertAll(Values, value => function(value)) };

    private static double[] Convert<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged, System.Numerics.INumber<T> =>
        Array.ConvertAll(MemoryMarshal.Cast<byte, T>(bytes).ToArray(), double.CreateChecked);
}

using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Graph;

/// <summary>Types of the graph's input and output.</summary>
internal static class ValueInfo
{
    /// <summary>Name of the one size that is free.</summary>
    private const string Batch = "batch";

    /// <summary>32-bit numbers: a batch of samples.</summary>
    /// <param name="name">Name of the value.</param>
    /// <param name="sizes">Sizes of one sample.</param>
    public static ValueInfoProto OfBatch(string name, ReadOnlySpan<int> sizes)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = Batch } } };
        foreach (int size in sizes)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        var type = new TypeProto.Types.Tensor { ElemType = TensorProto.Types.DataType.Float, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = type } };
    }
}

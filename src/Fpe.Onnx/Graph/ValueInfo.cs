using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Graph;

/// <summary>Creates the types of the inputs and outputs of graphs.</summary>
internal static class ValueInfo
{
    /// <summary>The name of the free size.</summary>
    private const string Batch = "batch";

    /// <summary>Returns the type of a batch of samples of 32-bit numbers.</summary>
    /// <param name="name">The name of the value.</param>
    /// <param name="sizes">The sizes of a sample.</param>
    public static ValueInfoProto OfBatch(string name, ReadOnlySpan<int> sizes)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = Batch } } };
        foreach (int size in sizes)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        var type = new TypeProto.Types.Tensor { ElemType = TensorProto.Types.DataType.Float, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = type } };
    }

    /// <summary>Returns the type of a value of a nested graph, whose shape follows from the graph around it.</summary>
    /// <param name="name">The name of the value.</param>
    /// <param name="type">The type of its elements.</param>
    public static ValueInfoProto Of(string name, TensorProto.Types.DataType type) =>
        new() { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type } } };
}

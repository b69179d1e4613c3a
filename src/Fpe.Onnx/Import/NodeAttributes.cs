using System.Text;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Import;

/// <summary>Reads attributes of a node.</summary>
internal static class NodeAttributes
{
    /// <summary>Returns a whole number.</summary>
    public static long Whole(this NodeProto node, string name, long usual) => Find(node, name) is { HasI: true } attribute ? attribute.I : usual;

    /// <summary>Returns a number.</summary>
    public static float Number(this NodeProto node, string name, float usual) => Find(node, name) is { HasF: true } attribute ? attribute.F : usual;

    /// <summary>Returns whole numbers; null if there are none.</summary>
    public static long[]? Wholes(this NodeProto node, string name) => Find(node, name) is { Ints.Count: > 0 } attribute ? [.. attribute.Ints] : null;

    /// <summary>Returns a text.</summary>
    public static string Text(this NodeProto node, string name, string usual) => Find(node, name) is { S.Length: > 0 } attribute ? Encoding.UTF8.GetString(attribute.S.Span) : usual;

    /// <summary>Returns a constant; null if there is none.</summary>
    public static TensorProto? Tensor(this NodeProto node, string name) => Find(node, name)?.T;

    /// <summary>The name of an input; null if the node has no such input.</summary>
    public static string? InputAt(this NodeProto node, int index) => node.Input.Count > index && node.Input[index].Length > 0 ? node.Input[index] : null;

    private static AttributeProto? Find(NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);
}

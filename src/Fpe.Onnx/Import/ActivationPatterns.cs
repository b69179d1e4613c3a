using Fpe.Compute;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Import;

/// <summary>Recognises activation functions, which one node or several compute.</summary>
/// <param name="file">The file.</param>
internal sealed class ActivationPatterns(OnnxFile file)
{
    private const double Tolerance = 1e-5;

    /// <summary>Finds the function that is applied to a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="readers">The nodes that read it.</param>
    /// <returns>The function, its first node and the name of its result; null if there is none.</returns>
    public (ElementFunction Function, NodeProto Node, string Result)? Find(string value, IReadOnlyList<NodeProto> readers) => readers switch
    {
        [var node] when OfOneNode(node) is { } function => (function, node, node.Output[0]),
        [var first, { OpType: "Mul" } product] when Gate(first) is { } gated && Is(product, value, first.Output[0]) && Reads(first.Output[0], product) => (gated, first, product.Output[0]),
        [var first, { OpType: "Mul" } product] when Gelu(value, first, product) is { } result => (ActivationFunction.Gelu, first, result),
        [{ OpType: "Mul" } product, var first] when Gelu(value, first, product) is { } result => (ActivationFunction.Gelu, first, result),
        _ => null,
    };

    private static ElementFunction? OfOneNode(NodeProto node) => node.OpType switch
    {
        "Relu" => ActivationFunction.Relu,
        "Tanh" => ActivationFunction.Tanh,
        "Sigmoid" => ActivationFunction.Sigmoid,
        "Softplus" => ActivationFunction.Softplus,
        "HardSwish" => ActivationFunction.HardSwish,
        "LeakyRelu" => ElementFunction.LeakyRelu(Decimals.Of(node.Number("alpha", 0.01f))),
        "Gelu" when node.Text("approximate", "none") == "none" => ActivationFunction.Gelu,
        _ => null,
    };

    /// <summary>The function that is a value times this node of it.</summary>
    private static ElementFunction? Gate(NodeProto node) => node.OpType switch
    {
        "Sigmoid" => ActivationFunction.Silu,
        "HardSigmoid" when Near(node.Number("alpha", 0.2f), 1.0 / 6) && Near(node.Number("beta", 0.5f), 0.5) => ActivationFunction.HardSwish,
        _ => null,
    };

    /// <summary>The name of z · (1 + erf(z/√2)) · ½, in either order of the factors; null if it is something else.</summary>
    private string? Gelu(string value, NodeProto scaled, NodeProto product)
    {
        bool isScaled = (scaled.OpType == "Div" && scaled.InputAt(0) == value && IsNumber(scaled.InputAt(1), Math.Sqrt(2)))
            || (scaled.OpType == "Mul" && OtherOf(scaled, value) is { } factor && IsNumber(factor, Math.Sqrt(0.5)));
        if (!isScaled || Only(scaled, "Erf") is not { } erf || Only(erf, "Add") is not { } sum || !IsNumber(OtherOf(sum, erf.Output[0]), 1) || Only(sum, "Mul") is not { } next)
            return null;
        if (next == product && Is(product, value, sum.Output[0]))
            return Only(product, "Mul") is { } half && IsNumber(OtherOf(half, product.Output[0]), 0.5) ? half.Output[0] : null;
        return IsNumber(OtherOf(product, value), 0.5) && Only(product, "Mul") == next && Is(next, product.Output[0], sum.Output[0]) ? next.Output[0] : null;
    }

    /// <summary>The node of this operator that alone reads the result of another one.</summary>
    private NodeProto? Only(NodeProto node, string type) => file.ReadersOf(node.Output[0]) is [int reader] && file.Nodes[reader].OpType == type ? file.Nodes[reader] : null;

    private bool Reads(string value, NodeProto reader) => file.ReadersOf(value) is [int only] && file.Nodes[only] == reader;

    private bool IsNumber(string? value, double number) => file.ConstantOf(value) is { Values: [double only] } && Near(only, number);

    private static bool Is(NodeProto node, string one, string other) => node.Input is [var left, var right] && ((left == one && right == other) || (left == other && right == one));

    private static string? OtherOf(NodeProto node, string value) => node.Input is [var left, var right] ? (left == value ? right : right == value ? left : null) : null;

    private static bool Near(double one, double other) => Math.Abs(one - other) < Tolerance;
}

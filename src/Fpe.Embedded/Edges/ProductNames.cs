namespace Fpe.Embedded.Edges;

/// <summary>The names and types in the loop of a layer, which reads <c>x</c> and writes <c>y</c>.</summary>
/// <param name="Layer">What the names of its tables begin with.</param>
/// <param name="Weight">The type of weights.</param>
/// <param name="Sum">The type of sums.</param>
/// <param name="Bias">The expression of the bias of <c>row</c>.</param>
/// <param name="Finish">Returns the output of <c>row</c>, given the expression of its sum.</param>
internal sealed record ProductNames(string Layer, string Weight, string Sum, string Bias, Func<string, string> Finish)
{
    /// <summary>The declaration of a pointer to the weights.</summary>
    public string Weights => $"const {Weight} *weight = {Layer}_weights;";

    /// <summary>The declaration of the sum of a row.</summary>
    public string NewSum => $"{Sum} sum = {Bias};";

    /// <summary>The statement that ends a row.</summary>
    public string End => $"y[row] = {Finish("sum")};";
}

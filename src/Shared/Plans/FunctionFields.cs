using Fpe.Compute;

namespace Fpe;

/// <summary>Describes functions by the fields that <see cref="IPlanFields"/> has.</summary>
public static class FunctionFields
{
    /// <summary>Adds the function that a layer applies, with its parameter if it has one.</summary>
    /// <param name="fields">Receives the fields.</param>
    /// <param name="function">The function.</param>
    public static void Add(this IPlanFields fields, ElementFunction function)
    {
        fields.Add("activation", function.Kind.ToString());
        if (function.Kind == ActivationFunction.LeakyRelu)
            fields.Add("slope", function.Slope);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Compute;
using static System.FormattableString;

namespace Fpe.Generators.Naming;

/// <summary>Formats numbers and functions for sentences.</summary>
internal static class Words
{
    /// <summary>Returns a number with its noun.</summary>
    public static string Count(long number, string noun) => Invariant($"{number} {noun}{(number == 1 ? string.Empty : "s")}");

    /// <summary>Returns the numbers of a network.</summary>
    public static string Numbers(NumberFormat format) => format switch
    {
        NumberFormat.Float => "floating-point numbers",
        NumberFormat.Int8 => "numbers of 8 bits",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "The format has no name."),
    };

    /// <summary>Returns a name after its indefinite article.</summary>
    public static string WithArticle(string name) => "AEIOU".IndexOf(name[0]) >= 0 ? $"an {name}" : $"a {name}";

    /// <summary>Returns the values that a layer reads by name.</summary>
    public static string Sources(IEnumerable<string> names, string separator) =>
        string.Join(separator, names.Select(Source));

    /// <summary>Returns a value that a layer reads by name.</summary>
    public static string Source(string name) => name switch
    {
        LayerPlan.Sample => "the sample",
        AttributeNames.BlockInput => "the input",
        _ => name,
    };

    /// <summary>Joins names with "or" before the last.</summary>
    public static string Either(IReadOnlyList<string> names) => names.Count == 1
        ? names[0]
        : $"{string.Join(", ", names.Take(names.Count - 1))} or {names[names.Count - 1]}";

    /// <summary>Returns an activation as a suffix to the layer that applies it.</summary>
    public static string Activation(ElementFunction activation) => activation.Kind switch
    {
        ActivationFunction.Identity => string.Empty,
        ActivationFunction.Relu => ", ReLU",
        ActivationFunction.Gelu => ", GELU",
        ActivationFunction.Tanh => ", tanh",
        ActivationFunction.Sigmoid => ", sigmoid",
        ActivationFunction.Silu => ", SiLU",
        ActivationFunction.Softplus => ", softplus",
        ActivationFunction.HardSwish => ", hard swish",
        ActivationFunction.LeakyRelu => Invariant($", leaky ReLU with slope {activation.Slope:R}"),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "The function has no name."),
    };
}

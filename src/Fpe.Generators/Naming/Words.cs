using System;
using Fpe.Compute;
using static System.FormattableString;

namespace Fpe.Generators.Naming;

/// <summary>Numbers and functions in sentences.</summary>
internal static class Words
{
    /// <summary>A number of things.</summary>
    public static string Count(long number, string noun) => Invariant($"{number} {noun}{(number == 1 ? string.Empty : "s")}");

    /// <summary>A function after the layer that applies it.</summary>
    public static string Activation(ActivationFunction activation) => activation switch
    {
        ActivationFunction.Identity => string.Empty,
        ActivationFunction.Relu => ", ReLU",
        ActivationFunction.Gelu => ", GELU",
        ActivationFunction.Tanh => ", tanh",
        ActivationFunction.Sigmoid => ", sigmoid",
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "The function has no name."),
    };
}

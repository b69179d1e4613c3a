namespace Fpe;

/// <summary>What a parameter is to its layer: it decides how it is counted, and whether it decays.</summary>
public enum ParameterRole
{
    /// <summary>Factors of inputs: counted as weights, and subject to weight decay.</summary>
    Weight,

    /// <summary>What is added to weighted sums: counted as biases.</summary>
    Bias,

    /// <summary>Factors of normalised values, one for each; counted as biases.</summary>
    Scale,

    /// <summary>What is added to normalised values, one for each; counted as biases.</summary>
    Shift,

    /// <summary>What a norm has seen of the values, one for each: not learned by gradients, and not counted.</summary>
    Statistic,
}

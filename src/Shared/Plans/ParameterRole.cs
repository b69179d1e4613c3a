namespace Fpe;

/// <summary>Specifies the role of a parameter in its layer, which determines how it is counted and whether it decays.</summary>
public enum ParameterRole
{
    /// <summary>Factors of inputs: counted as weights, and subject to weight decay.</summary>
    Weight,

    /// <summary>Terms added to weighted sums: counted as biases.</summary>
    Bias,

    /// <summary>Factors of normalised values, one for each; counted as biases.</summary>
    Scale,

    /// <summary>Terms added to normalised values, one for each; counted as biases.</summary>
    Shift,

    /// <summary>Rows that are looked up by token: counted apart from weights and biases, and not subject to weight decay.</summary>
    Table,

    /// <summary>Statistics of the values that a norm has seen, one for each: not learned by gradients and not counted.</summary>
    Statistic,
}

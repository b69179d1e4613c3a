namespace Fpe;

/// <summary>Properties of parameter roles.</summary>
internal static class ParameterRoles
{
    /// <summary>
    /// Returns whether there is one element for each input unit of the layer, so that expansion of the layers below adds elements.
    /// </summary>
    public static bool FollowsWidth(this ParameterRole role) => role is ParameterRole.Scale or ParameterRole.Shift or ParameterRole.Statistic;

    /// <summary>Returns whether the parameter is learned by gradients.</summary>
    public static bool IsLearned(this ParameterRole role) => role != ParameterRole.Statistic;

    /// <summary>Returns whether the parameter is counted as biases.</summary>
    public static bool CountsAsBias(this ParameterRole role) => role is ParameterRole.Bias or ParameterRole.Scale or ParameterRole.Shift;
}

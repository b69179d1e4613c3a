namespace Fpe;

/// <summary>What follows from a role.</summary>
internal static class ParameterRoles
{
    /// <summary>Whether there is one element for each unit that enters the layer, so that expansion of the layers below adds some.</summary>
    public static bool FollowsWidth(this ParameterRole role) => role is ParameterRole.Scale or ParameterRole.Shift or ParameterRole.Statistic;

    /// <summary>Whether it is learned by gradients.</summary>
    public static bool IsLearned(this ParameterRole role) => role != ParameterRole.Statistic;

    /// <summary>Whether it is counted as biases.</summary>
    public static bool CountsAsBias(this ParameterRole role) => role is ParameterRole.Bias or ParameterRole.Scale or ParameterRole.Shift;
}

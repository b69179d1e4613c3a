namespace Fpe;

/// <summary>What follows from a role.</summary>
internal static class ParameterRoles
{
    /// <summary>Whether there is one element for each value that enters the layer, so that expansion of the layers below adds some.</summary>
    public static bool FollowsWidth(this ParameterRole role) => role is ParameterRole.Scale or ParameterRole.Shift;
}

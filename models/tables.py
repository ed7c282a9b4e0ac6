"""Every table there is: who needs them all at once imports this."""

import models.account
import models.freeze
import models.kept
import models.letter
import models.own_form
import models.registry  # noqa: F401
